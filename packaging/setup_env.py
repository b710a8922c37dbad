r"""Makes `.venv` with everything Lookout needs, and asks no question.

    python3 packaging/setup_env.py        (Windows: py packaging\setup_env.py)

Run by any Python 3, by `make setup` or by hand, as often as one likes: a second run
finds its stamp and ends within a second. In order, it

1. finds Python 3.11 to 3.14: the one it runs on, else one on the path;
2. looks for what the system must bring, Python's venv module and the libraries Qt
   loads: as root on Debian and Ubuntu it installs what is missing, otherwise it prints
   the one command that does;
3. makes `.venv`;
4. installs exactly what `requirements-dev.lock` names, by hash, and this tree.

The standard library only, and syntax that an old Python 3 can read, so that it can
say in a sentence what an old Python is missing.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(
    VENV, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python"))
)
LOCK = os.path.join(ROOT, "requirements-dev.lock")
STAMP = os.path.join(VENV, "lookout-setup")

# What the stamp answers for: when one of these changes, the set-up runs again.
STAMPED = (LOCK, os.path.join(ROOT, "pyproject.toml"), os.path.abspath(__file__))

# What Qt loads, and Debian's package that brings it.
WITHOUT_SCREEN = (
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
FOR_A_WINDOW = (
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-util.so.1", "libxcb-util1"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
)

# Proves that what was installed can be loaded and that Qt opens its invisible screen.
TRIAL = """
import av, cv2, zmq
from PySide6.QtWidgets import QApplication
QApplication([])
"""


class SetupError(Exception):
    """Ends the set-up with a sentence for the person who started it."""


def main():
    """Set up, or say in one sentence what is in the way."""
    try:
        set_up()
    except SetupError as error:
        sys.stderr.write("lookout set-up: %s\n" % error)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("lookout set-up: interrupted; run it again to finish.\n")
        return 130
    return 0


def set_up():
    """Do the four steps, each only where it is still needed."""
    if os.path.exists(PYTHON) and read(STAMP) == stamp(version_of(VENV)):
        see_to_system(None, None, WITHOUT_SCREEN)
        return
    python, version = find_python()
    say("Python %d.%d at %s" % (version[0], version[1], python))
    # First, so that whoever has to ask an administrator asks once.
    see_to_system(python, version, WITHOUT_SCREEN + FOR_A_WINDOW)
    make_venv(python, version)
    install()
    try_it()
    with open(STAMP, "w") as file:
        file.write(stamp(version_of(VENV)))
    say("ready: %s" % os.path.dirname(PYTHON))


# -- 1. Python -------------------------------------------------------------------


def find_python():
    """Return the interpreter to build on, and its (major, minor)."""
    running = getattr(sys, "_base_executable", None) or sys.executable
    names = [
        "python%d.%d" % (3, minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)
    ]
    candidates = [[running]] + [[name] for name in names + ["python3", "python"]]
    if WINDOWS:
        candidates += [["py", "-%s" % name[len("python") :]] for name in names]
    for command in candidates:
        found = ask_python(command)
        if found is not None and OLDEST <= found[1] <= NEWEST:
            return found
    raise SetupError(
        "Lookout needs Python 3.%d to 3.%d. This is Python %s, and no other was found"
        " on the path. Install one%s and run the same command again."
        % (
            OLDEST[1],
            NEWEST[1],
            ".".join(str(part) for part in sys.version_info[:3]),
            ""
            if WINDOWS
            else " (Debian, Ubuntu: apt-get install python3.11 python3.11-venv)",
        )
    )


def ask_python(command):
    """Return an interpreter's own path and version, None where it does not run."""
    if shutil.which(command[0]) is None:
        return None
    code = (
        "import sys; print(getattr(sys, '_base_executable', None) or sys.executable);"
        " print(sys.version_info[0]); print(sys.version_info[1])"
    )
    try:
        said = subprocess.check_output(
            command + ["-c", code], stderr=subprocess.DEVNULL, universal_newlines=True
        )
        path, major, minor = said.strip().splitlines()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return path, (int(major), int(minor))


# -- 2. The system ---------------------------------------------------------------


def see_to_system(python, version, libraries):
    """See to what the system must bring; stop only where not even a test could run."""
    missing = missing_here(python, version, libraries)
    if missing and may_install():
        apt_install([package for _thing, package in missing])
        missing = missing_here(python, version, libraries)
    if not missing:
        return
    things = [thing for thing, _package in missing]
    if shutil.which("apt-get"):
        count = len([thing for thing in things if thing.startswith("lib")])
        things = [thing for thing in things if not thing.startswith("lib")]
        things += (
            ["%d of the system's libraries that Qt loads" % count] if count else []
        )
        cure = "Install with: %s" % apt_command(
            [package for _thing, package in missing]
        )
    else:
        cure = "Install the packages of this system that bring it."
    sentence = "missing here: %s. %s" % (" and ".join(things), cure)
    if any(pair not in FOR_A_WINDOW for pair in missing):
        raise SetupError(sentence)
    sys.stderr.write(
        "lookout set-up: tests and checks can run, but no window can be opened; %s\n"
        % sentence
    )


def missing_here(python, version, libraries):
    """Return what the system lacks, each with the Debian package that brings it."""
    missing = [pair for pair in libraries if not loads(pair[0])]
    if python is not None and not works([python, "-c", "import ensurepip, venv"]):
        missing.insert(0, ("Python's venv module", "python%d.%d-venv" % version))
    return missing if sys.platform.startswith("linux") else []


def loads(library):
    """Tell whether the system finds a library, by loading it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install():
    """Tell whether packages of the system can be installed here without asking."""
    return (
        not WINDOWS
        and hasattr(os, "geteuid")
        and os.geteuid() == 0
        and shutil.which("apt-get") is not None
    )


def apt_install(packages):
    """Install Debian packages without a question, with a fresh list if need be."""
    say("installing %s" % " ".join(packages))
    install_them = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with open(os.devnull, "w") as nowhere:
        quiet = {"env": environment, "stdout": nowhere, "stdin": subprocess.DEVNULL}
        if subprocess.call(install_them + packages, stderr=nowhere, **quiet) == 0:
            return
        subprocess.call(["apt-get", "update", "-qq"], **quiet)
        if subprocess.call(install_them + packages, **quiet) != 0:
            raise SetupError("this did not succeed: %s" % apt_command(packages))


def apt_command(packages):
    """Return the command a person types to install Debian packages."""
    sudo = "" if may_install() else "sudo "
    return sudo + "apt-get install -y " + " ".join(packages)


# -- 3. The environment ----------------------------------------------------------


def make_venv(python, version):
    """Make `.venv`, again if the one there is another Python's or half made."""
    if version_of(VENV) == "%d.%d" % version and works(
        [PYTHON, "-m", "pip", "--version"]
    ):
        return
    if os.path.exists(VENV) and not os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
        raise SetupError("%s exists and is no Python environment; move it away." % VENV)
    say("making .venv")
    run([python, "-m", "venv", "--clear", VENV], "Python could not make .venv.")


def version_of(venv):
    """Return the "3.x" an environment was made with, None where there is none."""
    for line in (read(os.path.join(venv, "pyvenv.cfg")) or "").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "version":
            return ".".join(value.strip().split(".")[:2])
    return None


# -- 4. The packages ------------------------------------------------------------


def install():
    """Install what the lock file names, then this tree, editable."""
    say("installing packages (some 300 MB to fetch the first time)")
    pip = [PYTHON, "-m", "pip", "install", "--no-input"]
    if not sys.stdout.isatty():
        pip.append("-q")
    run(
        pip + ["--only-binary", ":all:", "--require-hashes", "-r", LOCK],
        "pip could not install the packages of requirements-dev.lock; its own message"
        " stands above. If it speaks of the network, run the same command again.",
    )
    run(
        pip + ["--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT],
        "pip could not install this tree; its own message stands above.",
    )


def try_it():
    """Load what was installed, and open Qt's invisible screen."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    trial = subprocess.Popen(
        [PYTHON, "-c", TRIAL],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    said = trial.communicate()[0]
    if trial.returncode != 0:
        raise SetupError(
            "everything is installed, but it does not run on this machine:\n%s"
            % said.strip()
        )


# -- Small things ----------------------------------------------------------------


def stamp(version):
    """Return what the set-up stands for: the files it followed, and the Python."""
    digest = hashlib.sha256()
    for path in STAMPED:
        with open(path, "rb") as file:
            # A checkout on Windows may end its lines differently.
            digest.update(file.read().replace(b"\r\n", b"\n"))
    return "%s %s %s\n" % (digest.hexdigest(), version, ROOT)


def read(path):
    """Return a small file's text, None where it is missing."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return None


def works(command):
    """Tell whether a command runs and ends well."""
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call(command, stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def run(command, failure):
    """Run a step with its output visible."""
    environment = dict(
        os.environ,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_ROOT_USER_ACTION="ignore",
    )
    if subprocess.call(command, env=environment, stdin=subprocess.DEVNULL) != 0:
        raise SetupError(failure)


def say(sentence):
    """Tell what is being done."""
    sys.stdout.write("lookout set-up: %s\n" % sentence)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
