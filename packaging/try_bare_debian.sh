#!/bin/bash
# Tries the README's commands where nothing is prepared: a bare Debian in a folder.
#
#   sudo packaging/try_bare_debian.sh [COMMAND …]
#
# A fresh clone of this tree's HEAD, no .venv, an empty pip cache; first as root, then
# as an ordinary user on what root left behind (the system's libraries). Without
# COMMAND it runs `make test` and `make demo ARGS=--check`.
#
#   BARE=DIR    where the machine is built; default /var/tmp/lookout-bare
#   SUITE=NAME  Debian's release; default bookworm
#   AS=root|user|both; "user" goes on where root left the machine
#   KEEP=1      go on with the machine, its homes and caches as they are
#
# Needs root and debootstrap. Network, certificates, pip's and apt's settings are this
# machine's own. Everything mounted goes away with the script.
set -euo pipefail

tree=$(cd "$(dirname "$0")/.." && pwd)
bare=${BARE:-/var/tmp/lookout-bare}
suite=${SUITE:-bookworm}
as=${AS:-both}

# A mount namespace of its own, so that no mount outlives an interrupted run.
if [ "${LOOKOUT_BARE_INSIDE:-}" != 1 ]; then
    exec env LOOKOUT_BARE_INSIDE=1 unshare --mount "$0" "$@"
fi

if [ $# -eq 0 ]; then
    set -- "make test" "make demo ARGS=--check"
fi

base=$bare/base-$suite
machine=$bare/machine
if [ ! -e "$base/.complete" ]; then
    mkdir -p "$bare"
    rm -rf "$base"
    debootstrap --variant=minbase \
        --include=python3,python3-venv,make,ca-certificates,git "$suite" "$base"
    touch "$base/.complete"
fi

if [ ! -d "$machine" ] || { [ "$as" != user ] && [ -z "${KEEP:-}" ]; }; then
    rm -rf "$machine"
    cp -a "$base" "$machine"
    install -D -m 644 /etc/resolv.conf "$machine/etc/resolv.conf"
    install -D -m 644 /etc/hosts "$machine/etc/hosts"
    install -D -m 644 /etc/ssl/certs/ca-certificates.crt \
        "$machine/etc/ssl/certs/ca-certificates.crt"
    [ ! -e /etc/pip.conf ] || install -m 644 /etc/pip.conf "$machine/etc/pip.conf"
    cp -a /etc/apt/apt.conf.d/. "$machine/etc/apt/apt.conf.d/"
    chroot "$machine" useradd --create-home --shell /bin/bash watch
fi

mount --bind /proc "$machine/proc"
mount -t tmpfs tmpfs "$machine/dev"
mkdir "$machine/dev/shm" "$machine/dev/pts"
chmod 1777 "$machine/dev/shm"
for node in null zero full random urandom tty; do
    touch "$machine/dev/$node"
    mount --bind "/dev/$node" "$machine/dev/$node"
done

# What a fresh shell has, and nothing of the shell this was started from.
fresh() { # USER HOME COMMAND
    chroot --userspec="$1:$1" "$machine" /usr/bin/env -i HOME="$2" USER="$1" LANG=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        PIP_DEFAULT_TIMEOUT=180 /bin/bash -c "cd && $3"
}

try() { # USER HOME COMMAND…
    local user=$1 home=$2 folder=$machine$2/lookout failed=0
    shift 2
    [ -n "${KEEP:-}" ] || rm -rf "$machine$home/.cache"
    rm -rf "$folder"
    git clone -q "$tree" "$folder"
    chown -R "$(chroot "$machine" id -u "$user")" "$folder"
    for command in "$@"; do
        echo "=== $user: $command"
        local start=$SECONDS
        if fresh "$user" "$home" "cd lookout && $command"; then
            echo "=== $user: $command: passed in $((SECONDS - start)) s"
        else
            echo "=== $user: $command: FAILED after $((SECONDS - start)) s"
            failed=1
        fi
    done
    return $failed
}

status=0
case $as in root | both) try root /root "$@" || status=1 ;; esac
case $as in user | both) try watch /home/watch "$@" || status=1 ;; esac
exit $status
