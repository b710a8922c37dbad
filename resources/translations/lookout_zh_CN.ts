<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Action</name>
    <message>
        <source>Send {name}</source>
        <translation>派遣 {name}</translation>
    </message>
    <message>
        <source>Take back {name}</source>
        <translation>撤回 {name}</translation>
    </message>
    <message>
        <source>Void the case</source>
        <translation>作废此案</translation>
    </message>
    <message>
        <source>Back to its size</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Do the highlighted step</source>
        <translation>执行高亮步骤</translation>
    </message>
    <message>
        <source>Open and take</source>
        <translation>打开并受理</translation>
    </message>
    <message>
        <source>Open, acknowledge the alarm</source>
        <translation>打开并确认告警</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开案件</translation>
    </message>
    <message>
        <source>Accept and file</source>
        <translation>受理并立案</translation>
    </message>
    <message>
        <source>Check passed</source>
        <translation>核查通过</translation>
    </message>
    <message>
        <source>Acknowledge alarm</source>
        <translation>确认告警</translation>
    </message>
    <message>
        <source>Keys valid here</source>
        <translation>此处可用的按键</translation>
    </message>
    <message>
        <source>New report</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Back to the parked report</source>
        <translation>回到暂存的登记</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存登记</translation>
    </message>
    <message>
        <source>Near this case</source>
        <translation>周边</translation>
    </message>
    <message>
        <source>Best views</source>
        <translation>最佳画面</translation>
    </message>
    <message>
        <source>Fetch the pictures anew</source>
        <translation>重新取画面</translation>
    </message>
    <message>
        <source>Highlight the next person</source>
        <translation>换下一人</translation>
    </message>
    <message>
        <source>Close the case</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>返回一步</translation>
    </message>
    <message>
        <source>Silence for 60 s</source>
        <translation>消音60秒</translation>
    </message>
    <message>
        <source>Case looked at before</source>
        <translation>上一个看过的案件</translation>
    </message>
    <message>
        <source>Case looked at after</source>
        <translation>下一个看过的案件</translation>
    </message>
    <message>
        <source>Language, looks and sound</source>
        <translation>语言、外观与声音</translation>
    </message>
    <message>
        <source>Wall&apos;s tour: next</source>
        <translation>大屏轮巡：下一路</translation>
    </message>
    <message>
        <source>Wall&apos;s tour: before</source>
        <translation>大屏轮巡：上一路</translation>
    </message>
    <message>
        <source>Wall&apos;s tour: hold, go on</source>
        <translation>大屏轮巡：停留、继续</translation>
    </message>
    <message>
        <source>Go to the lane Now</source>
        <translation>到“现在”</translation>
    </message>
    <message>
        <source>Go to the lane Due</source>
        <translation>到“时限”</translation>
    </message>
    <message>
        <source>Go to the case</source>
        <translation>到案件</translation>
    </message>
    <message>
        <source>Go to the pictures</source>
        <translation>到画面</translation>
    </message>
    <message>
        <source>Go to the map</source>
        <translation>到地图</translation>
    </message>
    <message>
        <source>Go to the people</source>
        <translation>到人员</translation>
    </message>
    <message>
        <source>Tell {name} by telephone</source>
        <translation>电话告知 {name}</translation>
    </message>
    <message>
        <source>Telephone report of {name}</source>
        <translation>{name} 电话回报</translation>
    </message>
    <message>
        <source>Wall: scenes, tours, schedule</source>
        <translation>画面墙：场景、轮巡、时间表</translation>
    </message>
    <message>
        <source>To the wall</source>
        <translation>上墙</translation>
    </message>
    <message>
        <source>Choose wall and tile</source>
        <translation>选择大屏和画面格</translation>
    </message>
    <message>
        <source>Wall to the left</source>
        <translation>左边的大屏</translation>
    </message>
    <message>
        <source>Wall to the right</source>
        <translation>右边的大屏</translation>
    </message>
    <message>
        <source>Wall above</source>
        <translation>上边的大屏</translation>
    </message>
    <message>
        <source>Wall below</source>
        <translation>下边的大屏</translation>
    </message>
    <message>
        <source>Show its scene to visitors</source>
        <translation>放行现场画面上墙</translation>
    </message>
    <message>
        <source>Wall check</source>
        <translation>大屏检查</translation>
    </message>
    <message>
        <source>Close the chosen wall</source>
        <translation>关闭选中的大屏</translation>
    </message>
    <message>
        <source>Open a wall</source>
        <translation>打开大屏</translation>
    </message>
    <message>
        <source>End visitor mode</source>
        <translation>退出参观模式</translation>
    </message>
    <message>
        <source>Visitor mode on the walls</source>
        <translation>大屏参观模式</translation>
    </message>
    <message>
        <source>Find a camera</source>
        <translation>查找摄像机</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>查找案件</translation>
    </message>
    <message>
        <source>Go to the steps</source>
        <translation>到步骤</translation>
    </message>
    <message>
        <source>More steps</source>
        <translation>更多办理</translation>
    </message>
    <message>
        <source>Close by force</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Do the marked</source>
        <translation>批量办理</translation>
    </message>
    <message>
        <source>Ask for reinforcements</source>
        <translation>请求增援</translation>
    </message>
    <message>
        <source>Print the case</source>
        <translation>打印案件单</translation>
    </message>
    <message>
        <source>Complete the report</source>
        <translation>补充登记</translation>
    </message>
    <message>
        <source>Reporter called back</source>
        <translation>回访报告人</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Join what is the same thing</source>
        <translation>关联同一事件</translation>
    </message>
    <message>
        <source>Join with {number}</source>
        <translation>关联 {number}</translation>
    </message>
    <message>
        <source>Not the same thing</source>
        <translation>不是同一件</translation>
    </message>
    <message>
        <source>Part what was joined</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>Part {number} again</source>
        <translation>解除关联 {number}</translation>
    </message>
    <message>
        <source>Promise due next: kept</source>
        <translation>最近的承诺已兑现</translation>
    </message>
    <message>
        <source>Promise kept: {what}</source>
        <translation>承诺已兑现：{what}</translation>
    </message>
    <message>
        <source>Agree to the change of seat</source>
        <translation>同意交接</translation>
    </message>
    <message>
        <source>No change of seat</source>
        <translation>不交接</translation>
    </message>
    <message>
        <source>Contacts and duty today</source>
        <translation>今日值班与通讯录</translation>
    </message>
    <message>
        <source>Bring 110 into the call</source>
        <translation>三方转接 110</translation>
    </message>
    <message>
        <source>Hear the call&apos;s recording</source>
        <translation>听通话录音</translation>
    </message>
    <message>
        <source>Alarm load, noisiest devices</source>
        <translation>告警负荷与最吵设备</translation>
    </message>
    <message>
        <source>Rules over readings</source>
        <translation>读数规则</translation>
    </message>
    <message>
        <source>Not so: void as false alarm</source>
        <translation>不属实，按误报作废</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>Keypad {key}</source>
        <translation>小键盘 {key}</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>No unacknowledged alarm</source>
        <translation>无未确认告警</translation>
    </message>
    <message>
        <source>{none}  ·  last {time}  {kind}  {place}</source>
        <translation>{none}  ·  上一条 {time}  {kind}  {place}</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>TEST</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>{n} more ▸</source>
        <translation>另有 {n} 条 ▸</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>等待服务</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{n} reports here</source>
        <translation>同址 {n} 报</translation>
    </message>
    <message>
        <source>for</source>
        <translation>已</translation>
    </message>
    <message>
        <source>{n} more, {first} of them P1 ▸</source>
        <translation>另有 {n} 条，其中一级 {first} 条 ▸</translation>
    </message>
</context>
<context>
    <name>BarKeys</name>
    <message>
        <source>Put aside</source>
        <translation>暂存</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>调阅</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Whole town</source>
        <translation>全镇</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Stop, go on</source>
        <translation>暂停、继续</translation>
    </message>
    <message>
        <source>10 s on</source>
        <translation>前进10秒</translation>
    </message>
    <message>
        <source>10 s back</source>
        <translation>回看10秒</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Next of the tour</source>
        <translation>轮巡下一路</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Wrong view</source>
        <translation>画面不符</translation>
    </message>
</context>
<context>
    <name>Beside</name>
    <message>
        <source>there for {span}</source>
        <translation>到场 {span}</translation>
    </message>
    <message>
        <source>under way for {span}</source>
        <translation>已出动 {span}</translation>
    </message>
    <message>
        <source>signed {span} ago</source>
        <translation>已签收 {span}</translation>
    </message>
    <message>
        <source>called {span} ago</source>
        <translation>已叫 {span}</translation>
    </message>
    <message>
        <source>handed back {span} ago</source>
        <translation>已回退 {span}</translation>
    </message>
    <message>
        <source>helping</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>not yet signed</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>to be telephoned</source>
        <translation>须电话告知</translation>
    </message>
    <message>
        <source>no number is registered</source>
        <translation>没有登记号码</translation>
    </message>
    <message>
        <source>please telephone: {number}</source>
        <translation>请电话告知：{number}</translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>What is to be done with all of them?</source>
        <translation>这些案件怎么办理？</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Done together: {n} cases</source>
        <translation>批量办理 {n} 件</translation>
    </message>
    <message>
        <source>Possible for {n} of them.</source>
        <translation>可以办理 {n} 件。</translation>
    </message>
    <message>
        <source>Possible for {n} of them; {no} stay as they are, marked.</source>
        <translation>可以办理 {n} 件；{no} 件不能办，保持已选。</translation>
    </message>
    <message>
        <source>Nothing is asked before the button is pressed.</source>
        <translation>按下按钮之前，什么也不会办理。</translation>
    </message>
    <message>
        <source>None is marked. Alt+2, then Space marks a row, A all of them.</source>
        <translation>没有选中案件。按 Alt+2，空格选一行，A 全选。</translation>
    </message>
    <message>
        <source>With none of them anything can be done together.</source>
        <translation>这些案件没有可以一起办理的。</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message>
        <source>110 police</source>
        <translation>110 报警</translation>
    </message>
    <message>
        <source>119 fire</source>
        <translation>119 消防</translation>
    </message>
    <message>
        <source>120 ambulance</source>
        <translation>120 急救</translation>
    </message>
    <message>
        <source>122 traffic accidents</source>
        <translation>122 交通事故</translation>
    </message>
    <message>
        <source>12345 hotline</source>
        <translation>12345 热线</translation>
    </message>
    <message>
        <source>asked {time}</source>
        <translation>{time} 请求</translation>
    </message>
    <message>
        <source>connected {time}</source>
        <translation>{time} 接通</translation>
    </message>
    <message>
        <source>failed {time}</source>
        <translation>{time} 未接通</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>the telephone system refused it</source>
        <translation>电话系统拒绝</translation>
    </message>
    <message>
        <source>the caller is gone</source>
        <translation>来电人已挂断</translation>
    </message>
    <message>
        <source>nothing was heard of it for a minute</source>
        <translation>一分钟没有回音</translation>
    </message>
    <message>
        <source>the telephone system is away: dial by hand</source>
        <translation>电话系统不通，请手拨</translation>
    </message>
    <message>
        <source>by this machine&apos;s dialler</source>
        <translation>由本机拨号</translation>
    </message>
    <message>
        <source>entered by hand</source>
        <translation>人工记入</translation>
    </message>
    <message>
        <source>Three-way</source>
        <translation>三方转接</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>of the call</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>recorded; it is kept with the report</source>
        <translation>已有录音，随登记保存</translation>
    </message>
    <message>
        <source>The recording opens in the browser.</source>
        <translation>录音在浏览器中打开。</translation>
    </message>
    <message>
        <source>The recording&apos;s id is copied: look for it in the telephone system. With --recordings it opens from here.</source>
        <translation>录音编号已复制，请到电话系统中查找。设置 --recordings 后可从这里直接打开。</translation>
    </message>
    <message>
        <source>The recording does not open: this machine has no browser for it.</source>
        <translation>录音打不开：本机没有可用的浏览器。</translation>
    </message>
</context>
<context>
    <name>CalledQuestion</name>
    <message>
        <source>Who was called back, and what did they say?</source>
        <translation>回访了谁，对方怎么说？</translation>
    </message>
    <message>
        <source>What they said</source>
        <translation>对方说的</translation>
    </message>
    <message>
        <source>Called back: {answer}</source>
        <translation>已回访 {answer}</translation>
    </message>
</context>
<context>
    <name>CaseHead</name>
    <message>
        <source>Waiting for the service</source>
        <translation>等待服务</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Hazards</source>
        <translation>危险</translation>
    </message>
    <message>
        <source>reporter {name}</source>
        <translation>报告人 {name}</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>DRILL {kind}</source>
        <translation>演练 {kind}</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待批</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Also open at</source>
        <translation>同时打开</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预计</translation>
    </message>
</context>
<context>
    <name>CaseMark</name>
    <message>
        <source>extension, the department first</source>
        <translation>延期（先由部门同意）</translation>
    </message>
    <message>
        <source>extension</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>suspension until {date}</source>
        <translation>挂账至 {date}</translation>
    </message>
    <message>
        <source>appeal</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>appeal, second review</source>
        <translation>申诉（复审）</translation>
    </message>
    <message>
        <source>urged</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>yellow card</source>
        <translation>黄牌</translation>
    </message>
    <message>
        <source>red card</source>
        <translation>红牌</translation>
    </message>
    <message>
        <source>expedited</source>
        <translation>加急</translation>
    </message>
    <message>
        <source>suspended until {date}</source>
        <translation>挂账至 {date}</translation>
    </message>
    <message>
        <source>extended {n} ×</source>
        <translation>延期 {n} 次</translation>
    </message>
    <message>
        <source>redone {n} ×</source>
        <translation>返工 {n} 次</translation>
    </message>
    <message>
        <source>returned {n} ×</source>
        <translation>回退 {n} 次</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>R</source>
        <translation>红</translation>
    </message>
    <message>
        <source>handed to {to}</source>
        <translation>已移交{to}</translation>
    </message>
    <message>
        <source>accepted by {to}</source>
        <translation>{to}已受理</translation>
    </message>
    <message>
        <source>closed by {to}</source>
        <translation>{to}已办结</translation>
    </message>
    <message>
        <source>done too late</source>
        <translation>超期办结</translation>
    </message>
    <message>
        <source>done too late, appeal granted</source>
        <translation>超期办结，申诉成立</translation>
    </message>
    <message>
        <source>done too late, appeal refused</source>
        <translation>超期办结，申诉不成立</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>help handed back</source>
        <translation>增援已回退</translation>
    </message>
    <message>
        <source>county level</source>
        <translation>县级</translation>
    </message>
    <message>
        <source>alarm shelved until {time}</source>
        <translation>告警搁置至 {time}</translation>
    </message>
</context>
<context>
    <name>CasePanel</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Words on it; another reason needs them</source>
        <translation>补充说明（选“其他”必填）</translation>
    </message>
    <message>
        <source>Void {number}: {answer}</source>
        <translation>作废 {number}：{answer}</translation>
    </message>
    <message>
        <source>Words on it (may stay empty)</source>
        <translation>说明（可不填）</translation>
    </message>
    <message>
        <source>Close {number}: {answer}</source>
        <translation>结案 {number}：{answer}</translation>
    </message>
    <message>
        <source>Copy whose number?</source>
        <translation>复制谁的号码？</translation>
    </message>
    <message>
        <source>Copy this number</source>
        <translation>复制该号码</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>跳过这一步</translation>
    </message>
    <message>
        <source>Why it is left out</source>
        <translation>不做的原因</translation>
    </message>
</context>
<context>
    <name>Channel</name>
    <message>
        <source>Device alarm</source>
        <translation>设备告警</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Patrol</source>
        <translation>巡查</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>当面</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格员</translation>
    </message>
    <message>
        <source>App</source>
        <translation>微信/App</translation>
    </message>
    <message>
        <source>Petition</source>
        <translation>信访</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频巡查</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>上级平台</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>领导批示</translation>
    </message>
    <message>
        <source>Camera alarm</source>
        <translation>视频告警</translation>
    </message>
</context>
<context>
    <name>ChannelChoice</name>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Circular</name>
    <message>
        <source>Gather</source>
        <translation>集合</translation>
    </message>
    <message>
        <source>Stand by</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>通报</translation>
    </message>
    <message>
        <source>Stand down</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未送出</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>taken by the gateway</source>
        <translation>已送达网关</translation>
    </message>
    <message>
        <source>refused: telephone instead</source>
        <translation>被拒收，请打电话</translation>
    </message>
    <message>
        <source>given up: telephone instead</source>
        <translation>放弃发送，请打电话</translation>
    </message>
    <message>
        <source>uncertain, not sent again: telephone</source>
        <translation>是否送达不明，不再自动发送，请打电话</translation>
    </message>
</context>
<context>
    <name>CircularForm</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>群发给</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>{number}: {done} of {n} sent</source>
        <translation>{number}：已送达网关 {done} / {n}</translation>
    </message>
    <message>
        <source>About {number}. It goes out as: {text}</source>
        <translation>关于 {number}，发出的内容：{text}</translation>
    </message>
    <message>
        <source>✕ {name} · no number: is not told</source>
        <translation>✕ {name} · 无号码，发不到</translation>
    </message>
</context>
<context>
    <name>ClocksView</name>
    <message>
        <source>waiting {span}</source>
        <translation>已等 {span}</translation>
    </message>
    <message>
        <source>max {span}</source>
        <translation>目标 {span}</translation>
    </message>
    <message>
        <source>sent + {span}</source>
        <translation>派遣后 {span}</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Lookout 瞭望: a command room&apos;s desk</source>
        <translation>瞭望 Lookout：镇街综合指挥室的席位</translation>
    </message>
    <message>
        <source>open the desk</source>
        <translation>打开席位</translation>
    </message>
    <message>
        <source>be a desk of the service there; without an address: as the last time</source>
        <translation>接入那里的服务；不写地址则同上次</translation>
    </message>
    <message>
        <source>the public key of that service, asked for once and remembered</source>
        <translation>那个服务的公钥，只问一次并记住</translation>
    </message>
    <message>
        <source>open a department&apos;s or village&apos;s station</source>
        <translation>打开部门或村社区的站点</translation>
    </message>
    <message>
        <source>open only if the service says it is this department&apos;s</source>
        <translation>只在服务认定是这个部门的站点时打开</translation>
    </message>
    <message>
        <source>open the desk over a living town</source>
        <translation>打开席位并演示一座城镇</translation>
    </message>
    <message>
        <source>do the job by itself</source>
        <translation>自动走一遍</translation>
    </message>
    <message>
        <source>where drawn cameras are kept</source>
        <translation>画好的摄像机画面存放处</translation>
    </message>
    <message>
        <source>the window&apos;s size in the check</source>
        <translation>自检时的窗口大小</translation>
    </message>
    <message>
        <source>where in the living day to begin; the busy hour is 17:00 to 18:00</source>
        <translation>演示从一天的哪一刻开始；17:00 到 18:00 最忙</translation>
    </message>
    <message>
        <source>hours of the day in an hour</source>
        <translation>每小时走过几小时</translation>
    </message>
    <message>
        <source>another seed, another day</source>
        <translation>换一个种子，换一天</translation>
    </message>
    <message>
        <source>let a demonstration desk do the work</source>
        <translation>由演示席位代为处置</translation>
    </message>
    <message>
        <source>save screenshots</source>
        <translation>保存截图</translation>
    </message>
    <message>
        <source>run the service without a window</source>
        <translation>只运行服务，不开窗口</translation>
    </message>
    <message>
        <source>let devices of other machines connect here, such as 0.0.0.0:20001</source>
        <translation>允许别的机器上的设备接入，例如 0.0.0.0:20001</translation>
    </message>
    <message>
        <source>let desks of other machines connect here, such as 0.0.0.0:20002</source>
        <translation>允许别的机器上的席位接入，例如 0.0.0.0:20002</translation>
    </message>
    <message>
        <source>postgresql://USER@HOST:5432/DATABASE, remembered; sqlite: the home&apos;s own</source>
        <translation>postgresql://用户@主机:5432/数据库，会记住；sqlite：用本机自己的文件</translation>
    </message>
    <message>
        <source>where this installation keeps its cases</source>
        <translation>本安装的案件存放处</translation>
    </message>
    <message>
        <source>choose the store, and seal its password</source>
        <translation>选择存储，并加密保存其密码</translation>
    </message>
    <message>
        <source>postgresql://USER@HOST:5432/DATABASE or sqlite</source>
        <translation>postgresql://用户@主机:5432/数据库 或 sqlite</translation>
    </message>
    <message>
        <source>read the password from a pipe</source>
        <translation>从管道读取密码</translation>
    </message>
    <message>
        <source>cameras of this installation</source>
        <translation>本安装的摄像机</translation>
    </message>
    <message>
        <source>put a camera into the register</source>
        <translation>登记一台摄像机</translation>
    </message>
    <message>
        <source>rtsp:// address, no credentials</source>
        <translation>rtsp:// 地址，不含账号密码</translation>
    </message>
    <message>
        <source>address of the small stream</source>
        <translation>子码流地址</translation>
    </message>
    <message>
        <source>how its pictures come; auto: UDP where TCP is refused</source>
        <translation>画面传输方式；auto：TCP 被拒时用 UDP</translation>
    </message>
    <message>
        <source>number for the keypad</source>
        <translation>小键盘调阅用的编号</translation>
    </message>
    <message>
        <source>the vehicle that carries it; --bearing then counts from its front</source>
        <translation>承载它的车辆；此时 --bearing 从车头起算</translation>
    </message>
    <message>
        <source>WGS-84 degrees</source>
        <translation>经度,纬度（WGS-84，度）</translation>
    </message>
    <message>
        <source>degrees clockwise from north</source>
        <translation>从正北顺时针的度数</translation>
    </message>
    <message>
        <source>log-in name; the password is asked</source>
        <translation>用户名；密码会另行询问</translation>
    </message>
    <message>
        <source>give a camera its log-in</source>
        <translation>为摄像机登记账号密码</translation>
    </message>
    <message>
        <source>of a camera that is in the register</source>
        <translation>已登记的摄像机编号</translation>
    </message>
    <message>
        <source>devices of this installation</source>
        <translation>本安装的设备</translation>
    </message>
    <message>
        <source>let a device in by its public key</source>
        <translation>凭公钥准许设备接入</translation>
    </message>
    <message>
        <source>its name in messages</source>
        <translation>设备编号，它在报文里也用这个编号</translation>
    </message>
    <message>
        <source>CURVE public key, 40 characters</source>
        <translation>CURVE 公钥，40 个字符</translation>
    </message>
    <message>
        <source>what it is: %(kinds)s</source>
        <translation>种类：%(kinds)s</translation>
    </message>
    <message>
        <source>as people say it</source>
        <translation>通常的叫法</translation>
    </message>
    <message>
        <source>where it hangs, in words</source>
        <translation>安装位置（文字）</translation>
    </message>
    <message>
        <source>the unit that carries it</source>
        <translation>携带它的人员或单位</translation>
    </message>
    <message>
        <source>in place of that name&apos;s</source>
        <translation>替换该名称原有的设备</translation>
    </message>
    <message>
        <source>let a device in no more</source>
        <translation>不再准许设备接入</translation>
    </message>
    <message>
        <source>list what was refused, and why</source>
        <translation>列出被拒绝的内容及原因</translation>
    </message>
    <message>
        <source>how many of the newest</source>
        <translation>列出最近几条</translation>
    </message>
    <message>
        <source>say what is missing on this machine, and what to do about it</source>
        <translation>检查本机缺什么、怎么办</translation>
    </message>
    <message>
        <source>for programs</source>
        <translation>供程序读取</translation>
    </message>
    <message>
        <source>if not the language of the desk</source>
        <translation>不用本席语言时指定</translation>
    </message>
    <message>
        <source>desks of other machines</source>
        <translation>别的机器上的席位</translation>
    </message>
    <message>
        <source>put a file&apos;s rows into a register</source>
        <translation>把文件里的各行导入登记册</translation>
    </message>
    <message>
        <source>.csv or .geojson</source>
        <translation>.csv 或 .geojson</translation>
    </message>
    <message>
        <source>say what would be done, do nothing</source>
        <translation>只说明会做什么，不写入</translation>
    </message>
    <message>
        <source>leave faulty rows out</source>
        <translation>跳过有错误的行</translation>
    </message>
    <message>
        <source>show this desk&apos;s public key</source>
        <translation>显示本席位的公钥</translation>
    </message>
    <message>
        <source>say who sits at this desk, and where</source>
        <translation>登记本席位由谁值守、叫什么</translation>
    </message>
    <message>
        <source>as the log shall have it</source>
        <translation>日志里怎么写这个人</translation>
    </message>
    <message>
        <source>such as 1号席</source>
        <translation>例如 1号席</translation>
    </message>
    <message>
        <source>let a desk in, at the service</source>
        <translation>在服务所在机器上准许席位接入</translation>
    </message>
    <message>
        <source>its seat, such as 2号席</source>
        <translation>席位名，例如 2号席</translation>
    </message>
    <message>
        <source>its public key, 40 characters</source>
        <translation>它的公钥，40 个字符</translation>
    </message>
    <message>
        <source>or as desk list shows it</source>
        <translation>或用 desk list 列出的指纹</translation>
    </message>
    <message>
        <source>write the service&apos;s public key there, for it</source>
        <translation>把服务的公钥写入该文件，带给席位</translation>
    </message>
    <message>
        <source>a station: it sees the cases of this department alone</source>
        <translation>站点：只看得到这个部门的案件</translation>
    </message>
    <message>
        <source>and of those only the ones in this grid, a village&apos;s</source>
        <translation>而且只限这个网格内的（村、社区站）</translation>
    </message>
    <message>
        <source>show the service&apos;s address and public key, for another desk</source>
        <translation>显示服务的地址和公钥，供别的席位使用</translation>
    </message>
    <message>
        <source>write them there, for --server-key</source>
        <translation>写到这个文件，供 --server-key 使用</translation>
    </message>
    <message>
        <source>who is let in, and who knocks in vain</source>
        <translation>已准许的席位，和请求接入而未获准的席位</translation>
    </message>
    <message>
        <source>let a desk in no more</source>
        <translation>不再准许席位接入</translation>
    </message>
    <message>
        <source>its seat</source>
        <translation>席位名</translation>
    </message>
    <message>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>positional arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>show this help message and exit</source>
        <translation>显示本帮助</translation>
    </message>
    <message>
        <source>data, logs, keys and cache</source>
        <translation>数据、日志、密钥和缓存</translation>
    </message>
    <message>
        <source>write it like 1920x1080</source>
        <translation>请写成 1920x1080 的样子</translation>
    </message>
    <message>
        <source>write it like 16:50</source>
        <translation>请写成 16:50 的样子</translation>
    </message>
    <message>
        <source>a day has 24 hours of 60 minutes</source>
        <translation>一天 24 小时，每小时 60 分</translation>
    </message>
    <message>
        <source>a number above zero, at most 1000</source>
        <translation>应为大于零、不超过 1000 的数</translation>
    </message>
    <message>
        <source>write it like 0.0.0.0:20001</source>
        <translation>请写成 0.0.0.0:20001 的样子</translation>
    </message>
    <message>
        <source>write it like 192.168.1.20:20002</source>
        <translation>请写成 192.168.1.20:20002 的样子</translation>
    </message>
    <message>
        <source>town</source>
        <translation>镇</translation>
    </message>
    <message>
        <source>community</source>
        <translation>村、社区</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>organisation</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>another service has this home: {home}</source>
        <translation>另一个服务正在使用此目录：{home}</translation>
    </message>
    <message>
        <source>another service writes to this store</source>
        <translation>另一个服务正在写入此存储</translation>
    </message>
    <message>
        <source>{library} is not installed: pip install &apos;psycopg[binary]&apos;</source>
        <translation>未安装 {library}：pip install &apos;psycopg[binary]&apos;</translation>
    </message>
    <message>
        <source>the store does not answer: {why}</source>
        <translation>存储没有应答：{why}</translation>
    </message>
    <message>
        <source>the store&apos;s password cannot be read: {error}</source>
        <translation>存储的密码读不出来：{error}</translation>
    </message>
    <message>
        <source>write it like postgresql://USER@HOST:5432/DATABASE</source>
        <translation>请写成 postgresql://用户@主机:5432/数据库 的样子</translation>
    </message>
    <message>
        <source>leave the password out of the address; `lookout store set` asks for it</source>
        <translation>地址里不要写密码；运行 `lookout store set` 时会询问</translation>
    </message>
    <message>
        <source>the address lacks the database: …/DATABASE</source>
        <translation>地址里缺少数据库名：…/数据库</translation>
    </message>
    <message>
        <source>the sealed store did not answer a moment ago</source>
        <translation>密钥库刚才没有应答</translation>
    </message>
    <message>
        <source>{what} is damaged</source>
        <translation>{what} 已损坏</translation>
    </message>
    <message>
        <source>{file} is there, its key {key} is not</source>
        <translation>{file} 还在，但它的密钥 {key} 不在了</translation>
    </message>
    <message>
        <source>not a key file: {file}</source>
        <translation>不是密钥文件：{file}</translation>
    </message>
    <message>
        <source>{file}: {what} was sealed otherwise</source>
        <translation>{file}：{what} 不是用这把密钥加密的</translation>
    </message>
    <message>
        <source>{file}: {error}</source>
        <translation>{file}：{error}</translation>
    </message>
    <message>
        <source>the system&apos;s key store is locked or away</source>
        <translation>系统密钥环已锁定或不可用</translation>
    </message>
    <message>
        <source>the system&apos;s key store failed: {error}</source>
        <translation>系统密钥环出错：{error}</translation>
    </message>
    <message>
        <source>LOOKOUT_SECRETS is file or keyring, not {asked}</source>
        <translation>LOOKOUT_SECRETS 应为 file 或 keyring，不能是 {asked}</translation>
    </message>
    <message>
        <source>not a CURVE public key: 40 characters of Z85</source>
        <translation>不是 CURVE 公钥：应为 40 个 Z85 字符</translation>
    </message>
    <message>
        <source>another desk is called {name}</source>
        <translation>已有另一席位名为 {name}</translation>
    </message>
    <message>
        <source>{file} cannot be read, so it is not written</source>
        <translation>{file} 读不出来，所以没有写入</translation>
    </message>
    <message>
        <source>the service of this home or of its store runs already, started by hand or by the system; end that one first. One that a desk started gives way by itself</source>
        <translation>这个数据目录（或它的数据库）已有服务在运行，是手工或由系统启动的：请先结束那一个。席位自己启动的服务会自动让位</translation>
    </message>
    <message>
        <source>Password of the database (none: Enter): </source>
        <translation>数据库密码（没有则直接按 Enter）：</translation>
    </message>
    <message>
        <source>this home&apos;s desk</source>
        <translation>本目录自己的席位</translation>
    </message>
    <message>
        <source>public key:  {key}
fingerprint: {fingerprint}
on the service&apos;s machine: lookout desk enrol --name SEAT --key={quoted}
or connect this desk, and there: lookout desk list</source>
        <translation>公钥：{key}
指纹：{fingerprint}
在服务所在机器上：lookout desk enrol --name 席位名 --key={quoted}
或先让本席位连接一次，再在那台机器上：lookout desk list</translation>
    </message>
    <message>
        <source>{home} has a service of its own; give this desk another --home</source>
        <translation>{home} 有自己的服务；请用 --home 给本席位另指定目录</translation>
    </message>
    <message>
        <source>where? write --connect HOST:PORT; later it is remembered</source>
        <translation>连接到哪里？请写 --connect 主机:端口；以后会记住</translation>
    </message>
    <message>
        <source>The service&apos;s public key, 40 characters, or its file: </source>
        <translation>服务的公钥（40 个字符），或存有公钥的文件：</translation>
    </message>
    <message>
        <source>{typed}: neither a public key nor a file with one</source>
        <translation>{typed}：既不是公钥，也不是存有公钥的文件</translation>
    </message>
    <message>
        <source>{file} holds no public key: 40 characters of Z85</source>
        <translation>{file} 里没有公钥：应为 40 个 Z85 字符</translation>
    </message>
    <message>
        <source>desk {name}: enrolled; it may connect from now on
its fingerprint: {fingerprint}; compare it with the one it shows</source>
        <translation>席位 {name}：已准入，即刻可以连接
它的指纹：{fingerprint}；请与它显示的核对</translation>
    </message>
    <message>
        <source>{file} cannot be written: {error}</source>
        <translation>{file} 写不进去：{error}</translation>
    </message>
    <message>
        <source>this desk: {name} at {seat}, from its next start on</source>
        <translation>本席位：{name}，{seat}；下次启动起生效</translation>
    </message>
    <message>
        <source>say who: --person NAME, or where: --seat SEAT</source>
        <translation>请写明是谁：--person 姓名，或哪个席位：--seat 席位</translation>
    </message>
    <message>
        <source>at most {count} characters</source>
        <translation>最多 {count} 个字符</translation>
    </message>
    <message>
        <source>that name is the service&apos;s own</source>
        <translation>这个名字是服务自己用的</translation>
    </message>
    <message>
        <source>this desk&apos;s seat is the name it was enrolled under</source>
        <translation>本席位的名字就是准入时起的名字</translation>
    </message>
    <message>
        <source>this home&apos;s own desk is enrolled by itself</source>
        <translation>本目录自己的席位自动准入</translation>
    </message>
    <message>
        <source>give the desk&apos;s seat: --name {example}</source>
        <translation>请写席位名：--name {example}</translation>
    </message>
    <message>
        <source>the service&apos;s public key is missing: --server-key KEY or FILE; on its machine `lookout desk card FILE` writes that file</source>
        <translation>缺少服务的公钥：--server-key 公钥或文件；在服务所在的机器上用 `lookout desk card 文件` 写出</translation>
    </message>
    <message>
        <source>say which desk: --key KEY, or --knocking FINGERPRINT as lookout desk list shows it. For the service&apos;s key alone: lookout desk card FILE</source>
        <translation>请写明是哪个席位：--key 公钥，或 --knocking 指纹（见 lookout desk list）。只要服务的公钥：lookout desk card 文件</translation>
    </message>
    <message>
        <source>{seat} is the seat of this home&apos;s own desk; another name for that one: lookout desk name --seat SEAT</source>
        <translation>{seat} 是服务本机席位的名字；要给本机席位改名：lookout desk name --seat 席位</translation>
    </message>
    <message>
        <source>it is a station: only the cases of {whose}</source>
        <translation>这是站点：只看得到{whose}的案件</translation>
    </message>
    <message>
        <source>a grid alone is no station: --department NAME</source>
        <translation>只给网格不成站点：再加 --department 部门</translation>
    </message>
    <message>
        <source>the service could not be asked; try again</source>
        <translation>无法询问服务；请再试一次</translation>
    </message>
    <message>
        <source>no desk with that fingerprint; see lookout desk list</source>
        <translation>没有这个指纹的席位；请看 lookout desk list</translation>
    </message>
    <message>
        <source>several desks with that fingerprint; see lookout desk list</source>
        <translation>有几个席位符合这个指纹；请看 lookout desk list</translation>
    </message>
    <message>
        <source>there is no desk {name!r} to revoke</source>
        <translation>没有席位 {name!r} 可以停用</translation>
    </message>
    <message>
        <source>desk {name}: revoked; it is cut off now</source>
        <translation>席位 {name}：已停用，现已断开</translation>
    </message>
    <message>
        <source>enrolled:</source>
        <translation>已准许：</translation>
    </message>
    <message>
        <source>knocking: none</source>
        <translation>请求接入的：无</translation>
    </message>
    <message>
        <source>knocking, not let in (counted once a minute each; {zone}):</source>
        <translation>请求接入、未获准的（各按每分钟计一次；{zone}）：</translation>
    </message>
    <message>
        <source>  {fingerprint}  {count} times, {at} from {host}</source>
        <translation>  {fingerprint}  {count} 次，{at}，来自 {host}</translation>
    </message>
    <message>
        <source>let one in: lookout desk enrol --name SEAT --knocking FINGERPRINT</source>
        <translation>准许其中一个：lookout desk enrol --name 席位名 --knocking 指纹</translation>
    </message>
    <message>
        <source>password of {user} at {camera}: </source>
        <translation>{camera} 的用户 {user} 的密码：</translation>
    </message>
    <message>
        <source>no password came; type it when asked, or pipe one line in</source>
        <translation>没有收到密码；请在询问时输入，或从管道传入一行</translation>
    </message>
    <message>
        <source>a desk that is not enrolled, or not any more</source>
        <translation>席位未准入，或已停用</translation>
    </message>
    <message>
        <source>the key is not enrolled, or not any more</source>
        <translation>密钥未准入，或已停用</translation>
    </message>
    <message>
        <source>the message names another device than its key</source>
        <translation>报文里的设备与密钥不符</translation>
    </message>
    <message>
        <source>neither JSON nor MessagePack</source>
        <translation>既不是 JSON 也不是 MessagePack</translation>
    </message>
    <message>
        <source>not exactly one frame</source>
        <translation>应恰好一帧</translation>
    </message>
    <message>
        <source>larger than the limit</source>
        <translation>超过大小上限</translation>
    </message>
    <message>
        <source>another version of the protocol</source>
        <translation>协议版本不同</translation>
    </message>
    <message>
        <source>a field is missing, unknown, of a wrong type or out of range</source>
        <translation>某个字段缺失、未知、类型不对或超出范围</translation>
    </message>
    <message>
        <source>this kind of device does not say this</source>
        <translation>这种设备不会说这个</translation>
    </message>
    <message>
        <source>an answer to a task that was recalled</source>
        <translation>对已撤回任务的答复</translation>
    </message>
    <message>
        <source>the service failed on it; send it to its makers</source>
        <translation>服务处理它时出错；请发给软件厂商</translation>
    </message>
    <message>
        <source>its values cannot be stored</source>
        <translation>其中的值无法保存</translation>
    </message>
    <message>
        <source>the unit is not sent to that case</source>
        <translation>该人员没有派往那件案件</translation>
    </message>
    <message>
        <source>the case is not in a state for it</source>
        <translation>案件当前状态不允许</translation>
    </message>
    <message>
        <source>there is no such case</source>
        <translation>没有这件案件</translation>
    </message>
    <message>
        <source>the device is revoked</source>
        <translation>设备已停用</translation>
    </message>
    <message>
        <source>a photo that is neither JPEG nor PNG</source>
        <translation>照片既不是 JPEG 也不是 PNG</translation>
    </message>
    <message>
        <source>a photo of more than 256 KiB</source>
        <translation>照片超过 256 KiB</translation>
    </message>
    <message>
        <source>a value that is no finite number</source>
        <translation>有的值不是有限的数</translation>
    </message>
    <message>
        <source>refused by the rules</source>
        <translation>按规则拒绝</translation>
    </message>
    <message>
        <source>nothing was refused</source>
        <translation>没有被拒绝的内容</translation>
    </message>
    <message>
        <source>refused so far:</source>
        <translation>至今被拒绝的：</translation>
    </message>
    <message>
        <source>the newest {count} of those kept ({zone}):</source>
        <translation>所存的最近 {count} 条（{zone}）：</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>没有密钥</translation>
    </message>
    <message>
        <source>key {key}</source>
        <translation>密钥 {key}</translation>
    </message>
    <message>
        <source>{at}  {why}; {size} bytes; {who}</source>
        <translation>{at}  {why}；{size} 字节；{who}</translation>
    </message>
    <message>
        <source>the key must be a CURVE public key: 40 characters of Z85</source>
        <translation>密钥应为 CURVE 公钥：40 个 Z85 字符</translation>
    </message>
    <message>
        <source>there is no camera {number!r} (in {home}); lookout camera list shows them all; another installation: --home</source>
        <translation>没有摄像机 {number!r}（在 {home}）；lookout camera list 列出全部；别的安装加 --home</translation>
    </message>
    <message>
        <source>the service&apos;s public key: {key}</source>
        <translation>服务的公钥：{key}</translation>
    </message>
    <message>
        <source>reachable, a picture came</source>
        <translation>连得通，有画面</translation>
    </message>
    <message>
        <source>reachable, but the user name or password is wrong</source>
        <translation>连得通，但用户名或密码不对</translation>
    </message>
    <message>
        <source>not reachable: no answer in time</source>
        <translation>连不通：超时没有应答</translation>
    </message>
    <message>
        <source>reachable, but there is no picture at this path; correct the address</source>
        <translation>连得通，但此路径没有画面；请改正地址</translation>
    </message>
    <message>
        <source>reachable, but it is busy or reports an error of its own; see that fewer look at it, or start it again</source>
        <translation>连得通，但摄像机忙或自身出错；请减少同时看它的人，或重启摄像机</translation>
    </message>
    <message>
        <source>reachable, but no picture came</source>
        <translation>连得通，但没有画面</translation>
    </message>
    <message>
        <source>reachable, but its picture is larger than what is decoded here</source>
        <translation>连得通，但画面尺寸超出本机解码上限</translation>
    </message>
    <message>
        <source>reachable, but its picture cannot be used</source>
        <translation>连得通，但画面无法使用</translation>
    </message>
    <message>
        <source>set a picture of at most 4096x4096, or give a small stream</source>
        <translation>请把画面设为不超过 4096x4096，或配上子码流</translation>
    </message>
    <message>
        <source>set a key frame every 2 s (it is {group_s} s): a call-up waits for it</source>
        <translation>请把关键帧间隔设为 2 秒（现为 {group_s} 秒）：调看时要等关键帧</translation>
    </message>
    <message>
        <source>switch B-frames off: they make the picture late</source>
        <translation>请关闭 B 帧：它会让画面延迟</translation>
    </message>
    <message>
        <source>set H.264: H.265 is hard to decode on {cores} processors</source>
        <translation>请改用 H.264：{cores} 个处理器解码 H.265 很吃力</translation>
    </message>
    <message>
        <source>set H.264: JPEG takes many times the network</source>
        <translation>请改用 H.264：JPEG 占用的网络带宽是它的许多倍</translation>
    </message>
    <message>
        <source>set 25 pictures a second (it is {fps}): a desk shows no more than 30</source>
        <translation>请把帧率设为每秒 25 帧（现为 {fps}）：工作台每秒最多显示 30 帧</translation>
    </message>
    <message>
        <source>set the small stream to 640x360 (it is {width}x{height})</source>
        <translation>请把子码流设为 640x360（现为 {width}x{height}）</translation>
    </message>
    <message>
        <source>give a small stream of 640x360 too (--sub-url): this one is {width}x{height}</source>
        <translation>请再配上 640x360 的子码流（--sub-url）：这一路是 {width}x{height}</translation>
    </message>
    <message>
        <source>  better: {advice}</source>
        <translation>  建议：{advice}</translation>
    </message>
    <message>
        <source>camera {number} is {name}, {url}; take another --number, or give --replace to put this one in its place</source>
        <translation>摄像机 {number} 已是 {name}，{url}；请用 --number 换一个编号，或加 --replace 替换它</translation>
    </message>
    <message>
        <source>camera {number} {name}: added</source>
        <translation>摄像机 {number} {name}：已登记</translation>
    </message>
    <message>
        <source>camera {number} {name}: replaced</source>
        <translation>摄像机 {number} {name}：已替换</translation>
    </message>
    <message>
        <source>{said}; it keeps its log-in, so nobody looked whether it answers</source>
        <translation>{said}；账号密码沿用原来的，因此没有试连</translation>
    </message>
    <message>
        <source>{said}; its address is another machine&apos;s, so its log-in was deleted; give it again: lookout camera login {number} --user NAME</source>
        <translation>{said}；地址换成了另一台设备，原来的账号密码已删除；请重新登记：lookout camera login {number} --user 用户名</translation>
    </message>
    <message>
        <source>picture: {found}</source>
        <translation>主码流：{found}</translation>
    </message>
    <message>
        <source>small picture: {found}</source>
        <translation>子码流：{found}</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>wrong view, says a desk</source>
        <translation>画面不符（席位所标）</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>not enrolled yet</source>
        <translation>尚未准入</translation>
    </message>
    <message>
        <source>last message {at}</source>
        <translation>最近消息 {at}</translation>
    </message>
    <message>
        <source>no sign of life yet</source>
        <translation>尚无消息</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>camera {number} {name}: sealed; walls do not show it. At a desk the shift leader may look: every seat, but for those started with lookout console --no-leader. For all again: lookout camera seal --back {number}</source>
        <translation>摄像机 {number} {name}：已设为密件；大屏不显示。席位上由值班长调阅：除用 lookout console --no-leader 启动的以外，各席都是。取消：lookout camera seal --back {number}</translation>
    </message>
    <message>
        <source>camera {number} {name}: in service again</source>
        <translation>摄像机 {number} {name}：已恢复使用</translation>
    </message>
    <message>
        <source>camera {number} {name}: its log-in is kept</source>
        <translation>摄像机 {number} {name}：账号密码已保存</translation>
    </message>
    <message>
        <source>unknown kind {kind!r}; known: {kinds}</source>
        <translation>没有 {kind!r} 这种设备；已知的有：{kinds}</translation>
    </message>
    <message>
        <source>where does it hang? Give --at LON,LAT</source>
        <translation>它装在哪里？请写 --at 经度,纬度</translation>
    </message>
    <message>
        <source>who carries it? Give --unit NUMBER, as in the staff file</source>
        <translation>由谁携带？请写 --unit 编号，同人员表</translation>
    </message>
    <message>
        <source>its device number: {device}; it goes into the device too</source>
        <translation>设备编号：{device}（也要填进设备或终端）</translation>
    </message>
    <message>
        <source>device {device}: enrolled; it may speak from now on</source>
        <translation>设备 {device}：已准入，即刻可以接入</translation>
    </message>
    <message>
        <source>device {device}: enrolled in its place; it may speak from now on</source>
        <translation>设备 {device}：已替换原来的，即刻可以接入</translation>
    </message>
    <message>
        <source>device {device}: enrolled already, with this key; it may speak from now on</source>
        <translation>设备 {device}：已用此密钥准入，可以接入</translation>
    </message>
    <message>
        <source>the service&apos;s address: {address}</source>
        <translation>服务的地址：{address}</translation>
    </message>
    <message>
        <source>device {device} is {name}, a {kind} at {place}, with the key {key}; take another --id, or give --replace to put this one in its place</source>
        <translation>设备 {device} 已是 {name}（{kind}，在 {place}），密钥为 {key}；请用 --id 换一个名称，或加 --replace 替换它</translation>
    </message>
    <message>
        <source>there is no device {device!r}</source>
        <translation>没有设备 {device!r}</translation>
    </message>
    <message>
        <source>device {device}: revoked; enrol it again to let it in</source>
        <translation>设备 {device}：已停用；要再准许，请重新准入它</translation>
    </message>
    <message>
        <source>starting the service…</source>
        <translation>正在启动服务…</translation>
    </message>
    <message>
        <source>{home} is a desk of another machine&apos;s service; do this there</source>
        <translation>{home} 是别的机器上服务的席位；请到那台机器上操作</translation>
    </message>
    <message>
        <source>refused: {why}</source>
        <translation>被拒绝：{why}</translation>
    </message>
    <message>
        <source>the service did not answer; try again</source>
        <translation>服务没有应答；请再试一次</translation>
    </message>
    <message>
        <source>leave the log-in out of the address; give --user, the password is asked</source>
        <translation>地址里不要写账号密码；请加 --user，密码会另行询问</translation>
    </message>
    <message>
        <source>the address cannot be read as an address</source>
        <translation>这个地址无法识别</translation>
    </message>
    <message>
        <source>the address must look like rtsp://HOST[:PORT]/PATH</source>
        <translation>地址应为 rtsp://主机[:端口]/路径 的样子</translation>
    </message>
    <message>
        <source>{text!r} is no position; write LON,LAT in degrees, like 120.93,30.93</source>
        <translation>{text!r} 不是位置；请写成 经度,纬度（度），例如 120.93,30.93</translation>
    </message>
    <message>
        <source>the service of this home runs; end it first</source>
        <translation>本目录的服务正在运行；请先停止它</translation>
    </message>
    <message>
        <source>this installation keeps its cases in: {address}</source>
        <translation>本安装的案件存于：{address}</translation>
    </message>
    <message>
        <source>what its own file holds stays there and is not copied</source>
        <translation>原有文件里的内容留在原处，不会复制过来</translation>
    </message>
    <message>
        <source>list what stands in the register</source>
        <translation>列出已登记的</translation>
    </message>
    <message>
        <source>take a camera out of service; its history stays</source>
        <translation>停用一台摄像机，历史记录保留</translation>
    </message>
    <message>
        <source>take it into service again</source>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>who can be sent</source>
        <translation>可派遣的人员</translation>
    </message>
    <message>
        <source>the town&apos;s grids</source>
        <translation>全镇网格</translation>
    </message>
    <message>
        <source>there: lookout console --connect {address} --server-key={card}</source>
        <translation>在那边：lookout console --connect {address} --server-key={card}</translation>
    </message>
    <message>
        <source>this service listens to this machine only; for desks of others: lookout service --desks 0.0.0.0:{port}</source>
        <translation>这个服务只对本机开放；要让其他机器的席位连接：lookout service --desks 0.0.0.0:{port}</translation>
    </message>
    <message>
        <source>it cannot listen at {addresses}: another program has the port, or the address is not this machine&apos;s. End that program, or give another port</source>
        <translation>不能在 {addresses} 上监听：端口被别的程序占用，或者不是本机的地址。请结束那个程序，或换一个端口</translation>
    </message>
    <message>
        <source>a device&apos;s number is 1 to 64 of A-Z a-z 0-9 _ . -, beginning with a letter or digit, not {device!r}</source>
        <translation>设备编号为 1 到 64 个字符，只用 A-Z a-z 0-9 _ . -，以字母或数字开头，不能是 {device!r}</translation>
    </message>
    <message>
        <source>log-in name; asked too where it is not said</source>
        <translation>用户名；不写就会询问，密码也会询问</translation>
    </message>
    <message>
        <source>user name at {camera}: </source>
        <translation>{camera} 的用户名：</translation>
    </message>
    <message>
        <source>who logs in? Give --user NAME</source>
        <translation>用哪个用户名登录？请写 --user 用户名</translation>
    </message>
    <message>
        <source>{said}; the new log-in is not accepted, so the one it had stays</source>
        <translation>{said}；新的用户名或密码不被接受，仍用原来的</translation>
    </message>
    <message>
        <source>{said}; the camera does not accept this log-in, so it is not kept</source>
        <translation>{said}；摄像机不接受这个用户名或密码，没有保存</translation>
    </message>
    <message>
        <source>{said}; nobody could try it, for the camera does not answer</source>
        <translation>{said}；摄像机没有应答，对不对没能试</translation>
    </message>
    <message>
        <source>camera {number} {name}</source>
        <translation>摄像机 {number} {name}</translation>
    </message>
    <message>
        <source>ask the desk that is open to show its walls</source>
        <translation>让已打开的席位打开大屏</translation>
    </message>
    <message>
        <source>no desk is open on this home; open one: lookout console</source>
        <translation>这个目录没有打开的席位；先打开：lookout console</translation>
    </message>
    <message>
        <source>the desk did not answer; press Ctrl+F12 there</source>
        <translation>席位没有回应；请在席位上按 Ctrl+F12</translation>
    </message>
    <message>
        <source>the desk opens its walls</source>
        <translation>席位正在打开大屏</translation>
    </message>
    <message>
        <source>what --at is given in; gcj02, as Amap has it, is converted</source>
        <translation>--at 用的坐标系；gcj02（高德等）会换算</translation>
    </message>
    <message>
        <source>sealed</source>
        <translation>密件</translation>
    </message>
    <message>
        <source>camera {number} {name}: retired; no desk shows it, its history stays. Back into service: lookout camera retire --back {number}</source>
        <translation>摄像机 {number} {name}：已停用；各席不再显示，历史记录保留。恢复使用：lookout camera retire --back {number}</translation>
    </message>
    <message>
        <source>camera {number} {name}: sealed no more</source>
        <translation>摄像机 {number} {name}：已取消密件</translation>
    </message>
    <message>
        <source>{at} lies in no grid, but in one if it was taken from Amap or Tencent (GCJ-02): --datum gcj02 converts it, --datum wgs84 keeps it as it is</source>
        <translation>{at} 不在任何网格内；若取自高德、腾讯（GCJ-02），换算后就在：加 --datum gcj02 换算，加 --datum wgs84 照原样登记</translation>
    </message>
    <message>
        <source>seal a camera: walls do not show it, few may look</source>
        <translation>把摄像机设为密件：大屏不显示，少数人可以调阅</translation>
    </message>
    <message>
        <source>seal it no more</source>
        <translation>取消密件</translation>
    </message>
    <message>
        <source>with the shift leader&apos;s role, as at first, or without it, who cannot take, close or void cases; a desk remembers it, a demonstration does not</source>
        <translation>带值班长的角色（起初如此）；--no-leader 不带：不能受理、结案、作废。席位记住，演示不记</translation>
    </message>
    <message>
        <source>this desk leads the shift, from this start on</source>
        <translation>本席带值班长的角色，从这次启动起</translation>
    </message>
    <message>
        <source>this desk does not lead the shift, from this start on until --leader; one that is open already, from its next</source>
        <translation>本席不带值班长的角色，从这次启动起，直到 --leader；已打开的席位，从它下次启动起</translation>
    </message>
    <message>
        <source>how people are reached</source>
        <translation>怎样通知到人</translation>
    </message>
    <message>
        <source>a name is 1 to 32 letters, digits, _ . or -, and not log, not {name!r}</source>
        <translation>名称为 1 至 32 个文字、数字或 _ . -，不能是 log，不能是 {name!r}</translation>
    </message>
    <message>
        <source>a notifier is of the kind sms, mail or webhook</source>
        <translation>类型是 sms、mail 或 webhook</translation>
    </message>
    <message>
        <source>nobody is told for {cause!r}; known: {causes}</source>
        <translation>没有 {cause!r} 这种原因；可用：{causes}</translation>
    </message>
    <message>
        <source>{mailbox!r} is no mailbox</source>
        <translation>{mailbox!r} 不是邮箱</translation>
    </message>
    <message>
        <source>{number!r} is no telephone number</source>
        <translation>{number!r} 不是电话号码</translation>
    </message>
    <message>
        <source>the address must look like {scheme}://HOST[:PORT]</source>
        <translation>地址要写成 {scheme}://主机[:端口]</translation>
    </message>
    <message>
        <source>leave the log-in out of the address; it is asked for</source>
        <translation>地址里不要写账号密码，会另外询问</translation>
    </message>
    <message>
        <source>http:// is only for an IP address of one&apos;s own network; give https://</source>
        <translation>http:// 只能用于本网内的 IP 地址，请用 https://</translation>
    </message>
    <message>
        <source>a gateway needs the file that says how it is asked</source>
        <translation>短信网关需要 --template 文件，写明怎样调用</translation>
    </message>
    <message>
        <source>its form is json, form or query</source>
        <translation>form 是 json、form 或 query</translation>
    </message>
    <message>
        <source>nobody knows the placeholder {{{name}}}</source>
        <translation>没有 {{{name}}} 这个占位符</translation>
    </message>
    <message>
        <source>the template must name {{phone}} and {{text}}</source>
        <translation>模板里要有 {{phone}} 和 {{text}}</translation>
    </message>
    <message>
        <source>this is no template: {error}</source>
        <translation>模板读不懂：{error}</translation>
    </message>
    <message>
        <source>set up a way to reach people; its password is asked</source>
        <translation>设置一种通知方式，会询问密码</translation>
    </message>
    <message>
        <source>by what</source>
        <translation>用什么通知</translation>
    </message>
    <message>
        <source>https:// of the gateway or program; of a mail server smtps://HOST, or smtp://HOST with STARTTLS</source>
        <translation>短信网关或程序的 https:// 地址；邮件服务器写 smtps://主机，或 smtp://主机（STARTTLS）</translation>
    </message>
    <message>
        <source>how the gateway is asked, in JSON</source>
        <translation>网关怎样调用，JSON 文件</translation>
    </message>
    <message>
        <source>the one number or mailbox it writes to; without it an SMS goes to whoever is sent</source>
        <translation>固定发给这个号码或邮箱；不写时短信发给被派遣的人</translation>
    </message>
    <message>
        <source>the mailbox a mail comes from</source>
        <translation>发件邮箱</translation>
    </message>
    <message>
        <source>only what concerns this department</source>
        <translation>只发与这个部门有关的</translation>
    </message>
    <message>
        <source>only what is told for this cause; may be given several times</source>
        <translation>只发这类原因的，可写多次</translation>
    </message>
    <message>
        <source>the other side takes a message with the same id once, so that one in doubt is sent again</source>
        <translation>对方按编号只收一次，所以未得到答复的会再发</translation>
    </message>
    <message>
        <source>certificates to trust instead of the system&apos;s, PEM</source>
        <translation>改用这个文件里的证书，PEM</translation>
    </message>
    <message>
        <source>which ways there are</source>
        <translation>列出通知方式</translation>
    </message>
    <message>
        <source>send a test message by one of them</source>
        <translation>用其中一种发一条测试消息</translation>
    </message>
    <message>
        <source>to this number, where it has none</source>
        <translation>没有固定号码时发给这个号码</translation>
    </message>
    <message>
        <source>take one away, and its password</source>
        <translation>删除一种，连同密码</translation>
    </message>
    <message>
        <source>what it is called here</source>
        <translation>它的名称</translation>
    </message>
    <message>
        <source>{name}: set up; try it: lookout notify test {name}</source>
        <translation>{name}：已设置；试一试：lookout notify test {name}</translation>
    </message>
    <message>
        <source>none is set up: what people should hear of goes into {file} only; lookout notify add --help</source>
        <translation>还没有设置：该通知的只写入 {file}；设置用 lookout notify add --help</translation>
    </message>
    <message>
        <source>to which number? Give --to NUMBER</source>
        <translation>发给哪个号码？请写 --to 号码</translation>
    </message>
    <message>
        <source>{name}: taken away</source>
        <translation>{name}：已删除</translation>
    </message>
    <message>
        <source>there is no notifier {name!r}: lookout notify list</source>
        <translation>没有通知方式 {name!r}：lookout notify list 列出全部</translation>
    </message>
    <message>
        <source>whose kinds, limits and steps this town goes by</source>
        <translation>本镇按谁的类别、时限和步骤办</translation>
    </message>
    <message>
        <source>which there are, and which is in use</source>
        <translation>有哪些，在用哪一套</translation>
    </message>
    <message>
        <source>go by another one from now on</source>
        <translation>从现在起换一套</translation>
    </message>
    <message>
        <source>as profile list shows it, such as 姚庄</source>
        <translation>profile list 里的名称，如 姚庄</translation>
    </message>
    <message>
        <source>the common base</source>
        <translation>通用基础规则</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>在用</translation>
    </message>
    <message>
        <source>in use since {at}, chosen by {who}</source>
        <translation>在用，{at} 起，{who} 选定</translation>
    </message>
    <message>
        <source>profile {name} ({title}): in use from now on; clocks that run keep their limits. Desks show its figures under Ctrl+,</source>
        <translation>规则 {name}（{title}）：从现在起使用；已经在走的时钟不变。各席按 Ctrl+, 看主要数字</translation>
    </message>
    <message>
        <source>hear from a telephone system who rings</source>
        <translation>从电话系统得知来电号码</translation>
    </message>
    <message>
        <source>where it posts, on this machine</source>
        <translation>它在本机往哪个端口发</translation>
    </message>
    <message>
        <source>hand copied numbers to the dialler (tel:)</source>
        <translation>把复制的号码交给拨号程序（tel:）</translation>
    </message>
    <message>
        <source>no more</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>tell this desk of a call, to try it out</source>
        <translation>告知本席一个来电，用来试</translation>
    </message>
    <message>
        <source>who rings</source>
        <translation>来电号码</translation>
    </message>
    <message>
        <source>no calls, from the desk&apos;s next start on</source>
        <translation>席位下次启动起不再接收来电</translation>
    </message>
    <message>
        <source>calls: POST http://{host}:{port}{path} from the desk&apos;s next start on; the token stands in {file}, for you alone</source>
        <translation>来电：席位下次启动起 POST 到 http://{host}:{port}{path}；令牌在 {file}，只有您能读</translation>
    </message>
    <message>
        <source>this desk hears of no calls; begin with: lookout desk telephone</source>
        <translation>本席没有接电话系统；先运行：lookout desk telephone</translation>
    </message>
    <message>
        <source>no desk listens on port {port}; is it open?</source>
        <translation>端口 {port} 上没有席位在听；席位打开了吗？</translation>
    </message>
    <message>
        <source>the desk did not take the call: {status}</source>
        <translation>席位没有接收来电：{status}</translation>
    </message>
    <message>
        <source>the desk was told; F2 there takes the call down</source>
        <translation>已告知席位；在那里按 F2 登记</translation>
    </message>
    <message>
        <source>angle of view, degrees; 70 if not said</source>
        <translation>视场角，度；不写为 70</translation>
    </message>
    <message>
        <source>metres; 60 if not said</source>
        <translation>米；不写为 60</translation>
    </message>
    <message>
        <source>in place of the one of that number; what is not said stays</source>
        <translation>顶替这个编号原来的；没有写的各项不变</translation>
    </message>
    <message>
        <source>the following arguments are required: </source>
        <translation>还缺：</translation>
    </message>
    <message>
        <source>unrecognized arguments: </source>
        <translation>不认识的参数：</translation>
    </message>
    <message>
        <source>expected one argument</source>
        <translation>后面要写一个值</translation>
    </message>
    <message>
        <source>invalid choice: </source>
        <translation>不能选用：</translation>
    </message>
    <message>
        <source> (choose from </source>
        <translation> (可选：</translation>
    </message>
    <message>
        <source>invalid int value: </source>
        <translation>不是整数：</translation>
    </message>
    <message>
        <source>invalid float value: </source>
        <translation>不是数字：</translation>
    </message>
    <message>
        <source>not allowed with argument </source>
        <translation>不能同时写：</translation>
    </message>
    <message>
        <source>ambiguous option: </source>
        <translation>写得不全：</translation>
    </message>
    <message>
        <source> could match </source>
        <translation> 可以是 </translation>
    </message>
    <message>
        <source>argument </source>
        <translation>参数 </translation>
    </message>
    <message>
        <source>write it like 0.0.0.0:20002</source>
        <translation>请写成 0.0.0.0:20002 的样子</translation>
    </message>
    <message>
        <source>{typed}: no such file, and no public key of 40 characters</source>
        <translation>{typed}：没有这个文件，也不是 40 个字符的公钥</translation>
    </message>
    <message>
        <source>there: lookout {command} --connect {address} --server-key={card}</source>
        <translation>在那台机器上：lookout {command} --connect {address} --server-key={card}</translation>
    </message>
    <message>
        <source>not reachable: nobody knows a machine of this name</source>
        <translation>找不到这个主机名</translation>
    </message>
    <message>
        <source>  type it again: lookout camera login {number} --user {user}</source>
        <translation>  重输：lookout camera login {number} --user {user}</translation>
    </message>
    <message>
        <source>there is no {unit} in the staff register: lookout staff list</source>
        <translation>人员表里没有 {unit}；全部列出：lookout staff list</translation>
    </message>
    <message>
        <source>a new camera needs {options} too</source>
        <translation>新登记的摄像机还要写 {options}</translation>
    </message>
    <message>
        <source>the service runs; desks: {desks}; devices: {devices}</source>
        <translation>服务已启动；席位连接 {desks}，设备连接 {devices}</translation>
    </message>
    <message>
        <source>{data} is not known to be a demonstration&apos;s, and was left alone; give the demonstration another --home, or remove that folder if nobody needs it</source>
        <translation>{data} 不是演示留下的，没有动它；请给演示另写一个 --home，没有人要它就先删掉这个文件夹</translation>
    </message>
    <message>
        <source>{root} is no folder; give the demonstration another --home</source>
        <translation>{root} 不是文件夹；请给演示另写一个 --home</translation>
    </message>
    <message>
        <source>{root} is not empty ({strange}); give the demonstration another --home</source>
        <translation>{root} 不是空的（{strange}）；请给演示另写一个 --home</translation>
    </message>
    <message>
        <source>roster: take off whom no row names</source>
        <translation>排班：表里没有的人移出排班</translation>
    </message>
    <message>
        <source>No display here: the demonstration does its job on an invisible one. That takes some minutes; the first time its cameras are drawn before, which takes some more.</source>
        <translation>本机没有显示器：演示在看不见的屏幕上自动走一遍，需要几分钟；第一次要先画摄像机画面，再多几分钟。</translation>
    </message>
    <message>
        <source>Screenshots: {shots}</source>
        <translation>截图：{shots}</translation>
    </message>
    <message>
        <source>there: it opens now by itself; later lookout {command} is enough</source>
        <translation>它在那边等着，现在自行打开；以后在那边只需 lookout {command}</translation>
    </message>
    <message>
        <source>not reachable: no connection at its address; see to its power and network, and whether address and port are right</source>
        <translation>连不上它的地址；请检查电源、网络，核对地址和端口</translation>
    </message>
    <message>
        <source>stay on the line for so long</source>
        <translation>保持在线多少秒</translation>
    </message>
    <message>
        <source>and what becomes of who is brought in</source>
        <translation>这期间被接入的一方结果如何</translation>
    </message>
    <message>
        <source>where the call was recorded, said at its end</source>
        <translation>录音的编号或网址，通话结束时告知</translation>
    </message>
    <message>
        <source>where it brings 110 into a call; what it is shown is asked</source>
        <translation>电话系统在哪里接受三方转接；要出示的令牌另问</translation>
    </message>
    <message>
        <source>where a recording is found, its id in braces: https://…/{{id}}</source>
        <translation>录音在哪里，编号写在花括号里：https://…/{{id}}</translation>
    </message>
    <message>
        <source>put {{id}} where a recording&apos;s id belongs</source>
        <translation>请在录音编号的位置写 {{id}}</translation>
    </message>
    <message>
        <source>the desk did not take the recording: {status}</source>
        <translation>本席没有接受录音：{status}</translation>
    </message>
    <message>
        <source>drawing the demonstration&apos;s cameras, this once: {percent} %</source>
        <translation>正在绘制演示用的摄像机画面，仅此一次：{percent} %</translation>
    </message>
    <message>
        <source>{drawn}, about {minutes} min to go</source>
        <translation>{drawn}，大约还要 {minutes} 分钟</translation>
    </message>
    <message>
        <source>no display here, so no window opens: neither DISPLAY nor WAYLAND_DISPLAY is set. Open it where a screen is; a machine without one runs lookout service</source>
        <translation>这里没有显示器，窗口打不开：DISPLAY 和 WAYLAND_DISPLAY 都没有设置。请到有屏幕的机器上打开；没有屏幕的机器运行 lookout service</translation>
    </message>
    <message>
        <source>no window opens on the display {display}: see that it runs and lets this user in; lookout doctor names the libraries that are missing</source>
        <translation>显示 {display} 上打不开窗口：请检查它是否在运行、是否允许本用户使用；缺哪些程序库，由 lookout doctor 列出</translation>
    </message>
    <message>
        <source>a gateway is of the kind webhook, mqtt or sparkplug</source>
        <translation>网关的类型是 webhook、mqtt 或 sparkplug</translation>
    </message>
    <message>
        <source>a topic of Sparkplug B begins with spBv1.0/</source>
        <translation>Sparkplug B 的主题以 spBv1.0/ 开头</translation>
    </message>
    <message>
        <source>{scheme}:// is only for an IP address of one&apos;s own network; give {sealed}://</source>
        <translation>{scheme}:// 只能用于本网的 IP 地址；请写 {sealed}://</translation>
    </message>
    <message>
        <source>https:// needs a certificate with its key, in one PEM file</source>
        <translation>https:// 需要证书和私钥，放在同一个 PEM 文件里</translation>
    </message>
    <message>
        <source>the template&apos;s device must hold a gap such as {{device}}</source>
        <translation>模板的 device 里要有空位，如 {{device}}</translation>
    </message>
    <message>
        <source>put a / between the gaps of the template&apos;s device: else 1 and 23 would be the device that 12 and 3 are</source>
        <translation>模板的 device 里，两个空位之间要有 /：不然 1 和 23 与 12 和 3 成了同一台设备</translation>
    </message>
    <message>
        <source>an offset looks like +08:00, not {offset!r}</source>
        <translation>offset 写成 +08:00 的样子，不是 {offset!r}</translation>
    </message>
    <message>
        <source>a datum is wgs84 or gcj02</source>
        <translation>datum 是 wgs84 或 gcj02</translation>
    </message>
    <message>
        <source>a topic looks like town/{{device}}/smoke, each gap a whole step, not {topic!r}</source>
        <translation>主题写成 town/{{device}}/smoke 的样子，空位占整整一级，不是 {topic!r}</translation>
    </message>
    <message>
        <source>posted to a webhook without its token</source>
        <translation>推送时没有正确的令牌</translation>
    </message>
    <message>
        <source>it speaks through {gateway}, where it is called {called}</source>
        <translation>它经 {gateway} 说话，在那边叫 {called}</translation>
    </message>
    <message>
        <source>what is it called at the gateway? Give --id or --called</source>
        <translation>它在网关那边叫什么？请写 --id 或 --called</translation>
    </message>
    <message>
        <source>{name}: set up; enrol its devices: lookout device enrol --gateway {name} …</source>
        <translation>{name}：已设置；准入它的设备：lookout device enrol --gateway {name} …</translation>
    </message>
    <message>
        <source>messages are posted to {url}/{name}</source>
        <translation>消息推送到 {url}/{name}</translation>
    </message>
    <message>
        <source>its token, shown this once: Authorization: Bearer {token}</source>
        <translation>令牌，只显示这一次：Authorization: Bearer {token}</translation>
    </message>
    <message>
        <source>none is set up: lookout gateway add</source>
        <translation>还没有设置：lookout gateway add</translation>
    </message>
    <message>
        <source>device there: {called}</source>
        <translation>那边的设备：{called}</translation>
    </message>
    <message>
        <source>it has neither an id nor a time: what is delivered twice counts twice</source>
        <translation>既没有编号也没有时间：重复送来就重复计数</translation>
    </message>
    <message>
        <source>give the topic it came under: --topic, like {topic}</source>
        <translation>请给出它的主题：--topic，如 {topic}</translation>
    </message>
    <message>
        <source>there is no gateway {name!r}: lookout gateway list</source>
        <translation>没有网关 {name!r}：lookout gateway list</translation>
    </message>
    <message>
        <source>set up a way in for devices that do not speak our protocol</source>
        <translation>为不会说本系统协议的设备设置一个入口</translation>
    </message>
    <message>
        <source>how its messages come in</source>
        <translation>消息怎样进来</translation>
    </message>
    <message>
        <source>a webhook listens at https://ADDRESS:PORT; the broker is at mqtts://HOST[:PORT]</source>
        <translation>推送在 https://地址:端口 上接收；代理在 mqtts://主机[:端口]</translation>
    </message>
    <message>
        <source>how its messages are read, in JSON</source>
        <translation>消息怎样读，JSON 文件</translation>
    </message>
    <message>
        <source>of a webhook, with its key, PEM</source>
        <translation>推送用的证书，连同私钥，PEM</translation>
    </message>
    <message>
        <source>read the password or token from a pipe</source>
        <translation>从管道读取密码或令牌</translation>
    </message>
    <message>
        <source>which gateways there are</source>
        <translation>有哪些网关</translation>
    </message>
    <message>
        <source>say what a message in a file would become</source>
        <translation>说明文件里的一条消息会变成什么</translation>
    </message>
    <message>
        <source>at a broker, like town/{{device}}/smoke</source>
        <translation>代理上的主题，如 town/{{device}}/smoke</translation>
    </message>
    <message>
        <source>it has none: it speaks through this gateway</source>
        <translation>没有公钥：经这个网关说话</translation>
    </message>
    <message>
        <source>what it is called there, if not like --id</source>
        <translation>它在那边叫什么，与 --id 相同可不写</translation>
    </message>
    <message>
        <source>devices of others: MQTT, webhook</source>
        <translation>不会说本系统协议的设备：MQTT、推送</translation>
    </message>
</context>
<context>
    <name>CompleteForm</name>
    <message>
        <source>Came by</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Reporter</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Also said</source>
        <translation>补充内容</translation>
    </message>
    <message>
        <source>What was said since</source>
        <translation>后来说的</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>补充登记</translation>
    </message>
</context>
<context>
    <name>ContactQuestion</name>
    <message>
        <source>No number is known: the place, the reporter and your people have none. Numbers come in with &quot;lookout import places&quot; and &quot;lookout import staff&quot;.</source>
        <translation>没有可用的电话：场所、报告人和人员都没有登记号码。用 lookout import places 或 lookout import staff 导入。</translation>
    </message>
    <message>
        <source>Copied {who} {number}</source>
        <translation>已复制 {who} {number}</translation>
    </message>
    <message>
        <source>Place: {name}</source>
        <translation>现场：{name}</translation>
    </message>
    <message>
        <source>Reporter: {name}</source>
        <translation>报告人：{name}</translation>
    </message>
</context>
<context>
    <name>ContactsPage</name>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Write to {n} people</source>
        <translation>群发给 {n} 人</translation>
    </message>
    <message>
        <source>Call {name}</source>
        <translation>呼叫 {name}</translation>
    </message>
    <message>
        <source>{name} has no number registered.</source>
        <translation>{name} 没有登记号码。</translation>
    </message>
    <message>
        <source>A circular is about a case: open one first, or note one (F2).</source>
        <translation>群发消息须属于一个案件：先打开案件，或按 F2 登记。</translation>
    </message>
    <message>
        <source>At most {n} people at once.</source>
        <translation>一次最多群发 {n} 人。</translation>
    </message>
    <message>
        <source>Nobody is registered. Put in your people with: {do}</source>
        <translation>还没有登记人员。导入人员：{do}</translation>
    </message>
    <message>
        <source>Nobody listed here is called so. Tab turns on to all there are.</source>
        <translation>这里没有这样的人。按 Tab 可换到全部人员。</translation>
    </message>
    <message>
        <source>By the roster nobody is on duty today. Tab turns on to all there are; a new roster comes in with: {do}</source>
        <translation>按排班表今天无人值班。按 Tab 可换到全部人员；导入新的排班表：{do}</translation>
    </message>
    <message>
        <source>Contacts and duty today</source>
        <translation>今日值班与通讯录</translation>
    </message>
    <message>
        <source>Name, initials, role, department, grid</source>
        <translation>姓名、拼音首字母、角色、部门、网格</translation>
    </message>
    <message>
        <source>Today by role</source>
        <translation>今日 · 按角色</translation>
    </message>
    <message>
        <source>Today by department</source>
        <translation>今日 · 按部门</translation>
    </message>
    <message>
        <source>Today by grid</source>
        <translation>今日 · 按网格</translation>
    </message>
    <message>
        <source>All there are</source>
        <translation>全部人员</translation>
    </message>
    <message>
        <source>{n} people, {on} on shift now</source>
        <translation>{n} 人，此刻当班 {on} 人</translation>
    </message>
    <message>
        <source>No roster is put in, so that whoever has not signed off counts as on duty. One comes in with: {do}</source>
        <translation>还没有排班表，未离岗的都算值班。导入排班表：{do}</translation>
    </message>
    <message>
        <source>{n} marked</source>
        <translation>已选 {n} 人</translation>
    </message>
    <message>
        <source>↑ ↓ chooses, ⏎ calls · Space marks, Ctrl+A all listed, then ⏎ writes to them · Tab: role, department, grid, all. Whose number is read is written down.</source>
        <translation>↑ ↓ 选人，⏎ 呼叫 · 空格勾选，Ctrl+A 勾选列出的全部，再按 ⏎ 群发 · Tab 换角色、部门、网格、全部。谁看了谁的号码都有记录。</translation>
    </message>
</context>
<context>
    <name>Deed</name>
    <message>
        <source>Redo or return</source>
        <extracomment>What leads a case on has keys of its own. And so have these, with questions of their own.</extracomment>
        <translation>返工或回退</translation>
    </message>
    <message>
        <source>Verified: true</source>
        <translation>核实属实</translation>
    </message>
    <message>
        <source>Verified: not true</source>
        <translation>核实不属实</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Have it verified</source>
        <translation>发核实</translation>
    </message>
    <message>
        <source>Report straight</source>
        <translation>紧急直报</translation>
    </message>
    <message>
        <source>Release a part</source>
        <translation>解除协办</translation>
    </message>
    <message>
        <source>Contacted</source>
        <translation>已联系</translation>
    </message>
    <message>
        <source>Have it checked</source>
        <translation>发核查</translation>
    </message>
    <message>
        <source>Check passed</source>
        <translation>核查通过</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>已回访</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>Return (not ours)</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Return further</source>
        <translation>再回退</translation>
    </message>
    <message>
        <source>Hand on</source>
        <translation>转办</translation>
    </message>
    <message>
        <source>Sign for a part</source>
        <translation>协办签收</translation>
    </message>
    <message>
        <source>Return a part</source>
        <translation>协办回退</translation>
    </message>
    <message>
        <source>Feed back a part</source>
        <translation>协办反馈</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重办</translation>
    </message>
    <message>
        <source>Appeal</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Urge</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Urge no longer</source>
        <translation>取消督办</translation>
    </message>
    <message>
        <source>Expedite</source>
        <translation>加急</translation>
    </message>
    <message>
        <source>Bring up a level</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Join to another</source>
        <translation>关联同一事件</translation>
    </message>
    <message>
        <source>Part again</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>No change of seat</source>
        <translation>不交接</translation>
    </message>
    <message>
        <source>Ask for the case</source>
        <translation>要求接手本案</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Do not file</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Close by force</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Yellow card</source>
        <translation>黄牌</translation>
    </message>
    <message>
        <source>Red card</source>
        <translation>红牌</translation>
    </message>
    <message>
        <source>Superior</source>
        <translation>上级</translation>
    </message>
    <message>
        <source>Police 110</source>
        <translation>110</translation>
    </message>
    <message>
        <source>Hotline 12345</source>
        <translation>12345</translation>
    </message>
    <message>
        <source>County dept</source>
        <translation>县部门</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到哪一天</translation>
    </message>
    <message>
        <source>How</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>To</source>
        <translation>移交给</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Which goes on</source>
        <translation>并入哪一件</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>派谁</translation>
    </message>
    <message>
        <source>Which seat</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Its number there</source>
        <translation>对方编号</translation>
    </message>
    <message>
        <source>The answer</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>对方怎么说</translation>
    </message>
    <message>
        <source>What was explained</source>
        <translation>怎样说明的</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查到什么</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Words on it</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>They are there</source>
        <translation>对方到场</translation>
    </message>
    <message>
        <source>They have left</source>
        <translation>对方离场</translation>
    </message>
    <message>
        <source>Accepted there</source>
        <translation>对方已受理</translation>
    </message>
    <message>
        <source>Given back to us</source>
        <translation>对方退回</translation>
    </message>
    <message>
        <source>Closed there</source>
        <translation>对方已办结</translation>
    </message>
    <message>
        <source>Fire brigade 119</source>
        <translation>消防 119</translation>
    </message>
    <message>
        <source>Ambulance 120</source>
        <translation>急救 120</translation>
    </message>
    <message>
        <source>Gas company</source>
        <translation>燃气公司</translation>
    </message>
    <message>
        <source>Power company</source>
        <translation>供电公司</translation>
    </message>
    <message>
        <source>Water company</source>
        <translation>供水公司</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>Sign for it</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Feed back</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Type &quot;{word}&quot;</source>
        <translation>打出“{word}”</translation>
    </message>
    <message>
        <source>Send to role</source>
        <translation>派给角色</translation>
    </message>
    <message>
        <source>Joint consultation</source>
        <translation>会商</translation>
    </message>
    <message>
        <source>Mediation</source>
        <translation>调解</translation>
    </message>
    <message>
        <source>{department} · not on its list</source>
        <translation>{department} · 不在准入清单</translation>
    </message>
    <message>
        <source>Who took part</source>
        <translation>参加人</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>后续跟进</translation>
    </message>
    <message>
        <source>That until</source>
        <translation>跟进期限</translation>
    </message>
    <message>
        <source>What was decided</source>
        <translation>会商决定</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>调解情况</translation>
    </message>
    <message>
        <source>None</source>
        <translation>未达成</translation>
    </message>
    <message>
        <source>Oral</source>
        <translation>口头达成</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>书面达成</translation>
    </message>
    <message>
        <source>Shelve its alarm</source>
        <translation>搁置告警</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30分钟</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1小时</translation>
    </message>
    <message>
        <source>4 h</source>
        <translation>4小时</translation>
    </message>
    <message>
        <source>8 h</source>
        <translation>8小时</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>多久</translation>
    </message>
    <message>
        <source>Endorse extension</source>
        <translation>部门同意延期</translation>
    </message>
    <message>
        <source>Grant extension</source>
        <translation>批准延期</translation>
    </message>
    <message>
        <source>Refuse extension</source>
        <translation>不批准延期</translation>
    </message>
    <message>
        <source>Grant suspension</source>
        <translation>批准挂账</translation>
    </message>
    <message>
        <source>Refuse suspension</source>
        <translation>不批准挂账</translation>
    </message>
    <message>
        <source>Endorse appeal</source>
        <translation>申诉初审通过</translation>
    </message>
    <message>
        <source>Grant appeal</source>
        <translation>申诉成功</translation>
    </message>
    <message>
        <source>Refuse appeal</source>
        <translation>申诉不通过</translation>
    </message>
    <message>
        <source>Answered at once</source>
        <translation>当场答复</translation>
    </message>
    <message>
        <source>Give out a part</source>
        <translation>分派协办部门</translation>
    </message>
    <message>
        <source>Ask to extend</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Ask to suspend</source>
        <translation>申请挂账</translation>
    </message>
    <message>
        <source>End suspension</source>
        <translation>挂账恢复</translation>
    </message>
    <message>
        <source>Stop expediting</source>
        <translation>取消加急</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>领导批示</translation>
    </message>
    <message>
        <source>Agree to new seat</source>
        <translation>同意交接</translation>
    </message>
    <message>
        <source>To another seat</source>
        <translation>交给他席</translation>
    </message>
    <message>
        <source>Not solvable</source>
        <translation>无法解决·已说明</translation>
    </message>
    <message>
        <source>Reinforcements</source>
        <translation>请求增援</translation>
    </message>
    <message>
        <source>Call outside force</source>
        <translation>呼叫外部力量</translation>
    </message>
    <message>
        <source>To a department</source>
        <translation>派遣到部门</translation>
    </message>
    <message>
        <source>Not closed there</source>
        <translation>撤销对方办结</translation>
    </message>
    <message>
        <source>Restore by hand</source>
        <translation>强制恢复告警</translation>
    </message>
    <message>
        <source>Shelve no longer</source>
        <translation>取消搁置</translation>
    </message>
</context>
<context>
    <name>DeedForm</name>
    <message>
        <source>↑ ↓ field · ← → choose · ⏎ goes on · Esc back</source>
        <translation>↑ ↓ 换栏 · ← → 选择 · ⏎ 继续 · Esc 返回</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>下一项</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>可以不填</translation>
    </message>
    <message>
        <source>Still missing: {label}.</source>
        <translation>还缺：{label}。</translation>
    </message>
    <message>
        <source>A date from tomorrow until {last}, as {example} or +15.</source>
        <translation>日期从明天到 {last}，写作 {example} 或 +15。</translation>
    </message>
    <message>
        <source>Still to be chosen: {label}.</source>
        <translation>还没有选：{label}。</translation>
    </message>
    <message>
        <source>Space opens the list</source>
        <translation>按空格展开列表</translation>
    </message>
    <message>
        <source>Type &quot;{word}&quot; to do it: it cannot be taken back.</source>
        <translation>打出“{word}”才能办理：不能撤回。</translation>
    </message>
    <message>
        <source>Only where something follows</source>
        <translation>填了后续跟进才需要</translation>
    </message>
</context>
<context>
    <name>DeedMenu</name>
    <message>
        <source>Digit or arrows and ⏎ · Esc back</source>
        <translation>数字，或方向键加 ⏎ · Esc 返回</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Registered {number}</source>
        <translation>已登记 {number}</translation>
    </message>
</context>
<context>
    <name>Distance</name>
    <message>
        <source>{n} m</source>
        <translation>{n}米</translation>
    </message>
    <message>
        <source>{n} km</source>
        <translation>{n}公里</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>fine</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>look</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>有误</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>libraries</source>
        <translation>程序库</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>fonts</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>decoders</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>硬件解码</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>home</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>log-ins</source>
        <translation>密码库</translation>
    </message>
    <message>
        <source>store</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>not looked at: {library} is missing</source>
        <translation>未检查：缺少 {library}</translation>
    </message>
    <message>
        <source>Install Lookout again: make setup.</source>
        <translation>重新安装瞭望：make setup。</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>Nothing is wrong; to look at: {count}.</source>
        <translation>没有错误，{count} 项注意。</translation>
    </message>
    <message>
        <source>To mend: {count}.</source>
        <translation>需处理 {count} 项。</translation>
    </message>
    <message>
        <source>Python {version}</source>
        <translation>Python {version}</translation>
    </message>
    <message>
        <source>Python {version} is not supported</source>
        <translation>不支持 Python {version}</translation>
    </message>
    <message>
        <source>Install Python 3.11 to 3.14, then: make setup.</source>
        <translation>安装 Python 3.11 至 3.14，再运行 make setup。</translation>
    </message>
    <message>
        <source>all {count} load</source>
        <translation>{count} 个全部可加载</translation>
    </message>
    <message>
        <source>{name} needs {file}, which is not on this machine</source>
        <translation>{name} 需要 {file}，本机没有</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install {package}.</source>
        <translation>Debian、Ubuntu：sudo apt install {package}。</translation>
    </message>
    <message>
        <source>{name} crashes when it is loaded</source>
        <translation>{name} 加载时崩溃</translation>
    </message>
    <message>
        <source>Install the Microsoft Visual C++ Redistributable (x64), then again.</source>
        <translation>安装 Microsoft Visual C++ 运行库（x64），再试。</translation>
    </message>
    <message>
        <source>{name} cannot be loaded: {error}</source>
        <translation>{name} 无法加载：{error}</translation>
    </message>
    <message>
        <source>the clock says {year}</source>
        <translation>时钟显示为 {year} 年</translation>
    </message>
    <message>
        <source>Set the clock; alarms are dated by it.</source>
        <translation>请校准时钟，告警时间以它为准。</translation>
    </message>
    <message>
        <source>the clock is synchronised</source>
        <translation>时钟已同步</translation>
    </message>
    <message>
        <source>the clock is not synchronised over the network</source>
        <translation>时钟未通过网络同步</translation>
    </message>
    <message>
        <source>nobody can say whether the clock is synchronised</source>
        <translation>无法得知时钟是否同步</translation>
    </message>
    <message>
        <source>sudo timedatectl set-ntp true; without internet, a time server</source>
        <translation>sudo timedatectl set-ntp true；没有互联网时设本地时间服务器</translation>
    </message>
    <message>
        <source>As administrator: net start w32time, then w32tm /resync</source>
        <translation>以管理员身份：net start w32time，然后 w32tm /resync</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {error}</source>
        <translation>{folder} 无法写入：{error}</translation>
    </message>
    <message>
        <source>Give it to the user who runs Lookout, or choose --home DIR.</source>
        <translation>把它交给运行瞭望的用户，或用 --home 另选目录。</translation>
    </message>
    <message>
        <source>others can read the keys in {folder}</source>
        <translation>别的用户能读 {folder} 里的密钥</translation>
    </message>
    <message>
        <source>chmod -R go-rwx {folder}</source>
        <translation>chmod -R go-rwx {folder}</translation>
    </message>
    <message>
        <source>{folder} can be written</source>
        <translation>{folder} 可写入</translation>
    </message>
    <message>
        <source>{free} GB free</source>
        <translation>剩余 {free} GB</translation>
    </message>
    <message>
        <source>only {free} GB free on the disk of the home</source>
        <translation>数据目录所在磁盘只剩 {free} GB</translation>
    </message>
    <message>
        <source>Make room; with a full disk no alarm can be kept.</source>
        <translation>请腾出空间；磁盘满了，告警就存不下。</translation>
    </message>
    <message>
        <source>none is fixed yet; the service takes free ones</source>
        <translation>尚未固定；服务会取空闲端口</translation>
    </message>
    <message>
        <source>in use by the service: {ports}</source>
        <translation>服务正在使用：{ports}</translation>
    </message>
    <message>
        <source>free for the service: {ports}</source>
        <translation>空闲，服务可用：{ports}</translation>
    </message>
    <message>
        <source>another program has the service&apos;s ports: {ports}</source>
        <translation>服务的端口被别的程序占用：{ports}</translation>
    </message>
    <message>
        <source>End it; the service would take others, and devices lose their way.</source>
        <translation>请结束那个程序；否则服务换端口，设备就找不到它。</translation>
    </message>
    <message>
        <source>what a window needs is there</source>
        <translation>窗口所需齐全</translation>
    </message>
    <message>
        <source>a window lacks libraries of the system: {packages}</source>
        <translation>窗口缺少系统库：{packages}</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install {packages}.</source>
        <translation>Debian、Ubuntu：sudo apt install {packages}。</translation>
    </message>
    <message>
        <source>Qt cannot open a window on this screen</source>
        <translation>Qt 无法在此屏幕上打开窗口</translation>
    </message>
    <message>
        <source>Mend what stands above; over a remote line, log in at the screen itself.</source>
        <translation>先处理上面各项；远程登录时，请到本机屏幕前登录。</translation>
    </message>
    <message>
        <source>this terminal has no screen: no desk can be opened from it; one that is open elsewhere is not affected</source>
        <translation>这个终端没有屏幕：从这里打不开席位；别处已经打开的席位不受影响</translation>
    </message>
    <message>
        <source>To open one, use a terminal on the screen itself (DISPLAY is not set).</source>
        <translation>要打开席位，请在屏幕前的终端里运行（此处未设置 DISPLAY）。</translation>
    </message>
    <message>
        <source>screens: {sizes}</source>
        <translation>屏幕：{sizes}</translation>
    </message>
    <message>
        <source>the screen is small: {sizes}</source>
        <translation>屏幕偏小：{sizes}</translation>
    </message>
    <message>
        <source>The desk is made for 1366x768 and more; lower the scaling.</source>
        <translation>席位按 1366x768 以上设计；请调低缩放。</translation>
    </message>
    <message>
        <source>the fonts that ship show Chinese</source>
        <translation>自带字体可显示中文</translation>
    </message>
    <message>
        <source>the fonts that ship cannot be used</source>
        <translation>自带字体无法使用</translation>
    </message>
    <message>
        <source>decodes {codecs}</source>
        <translation>可解码 {codecs}</translation>
    </message>
    <message>
        <source>pictures of cameras cannot be decoded</source>
        <translation>摄像机画面无法解码</translation>
    </message>
    <message>
        <source>decodes in software; no usable hardware decoder was found</source>
        <translation>软件解码，没有找到可用的硬件解码</translation>
    </message>
    <message>
        <source>hardware decodes {codecs}</source>
        <translation>硬件解码：{codecs}</translation>
    </message>
    <message>
        <source>log-ins cannot be read: {error}</source>
        <translation>密码库打不开：{error}</translation>
    </message>
    <message>
        <source>Unlock the system&apos;s key store, or bring the key file back from its copy; LOOKOUT_SECRETS is file or keyring.</source>
        <translation>请解锁系统密钥环，或从备份恢复密钥文件；LOOKOUT_SECRETS 取 file 或 keyring。</translation>
    </message>
    <message>
        <source>no log-in is kept yet</source>
        <translation>尚未保存密码</translation>
    </message>
    <message>
        <source>log-ins lie in the system&apos;s key store</source>
        <translation>密码存于系统密钥环</translation>
    </message>
    <message>
        <source>others can read {file}</source>
        <translation>别的用户能读 {file}</translation>
    </message>
    <message>
        <source>chmod 600 {file}</source>
        <translation>chmod 600 {file}</translation>
    </message>
    <message>
        <source>log-ins lie in a sealed file</source>
        <translation>密码存于加密文件</translation>
    </message>
    <message>
        <source>none yet; the first start makes it: {where}</source>
        <translation>尚无；首次启动时建立：{where}</translation>
    </message>
    <message>
        <source>{where} cannot be read: {error}</source>
        <translation>{where} 无法读取：{error}</translation>
    </message>
    <message>
        <source>A file: bring it back from its copy. A server: see that it runs and lets this user in; lookout store set asks for its password.</source>
        <translation>若是文件，请从备份恢复；若是服务器，请确认它在运行并允许此用户登录；lookout store set 会询问密码。</translation>
    </message>
    <message>
        <source>{where} was made by a newer Lookout (tables {revision})</source>
        <translation>{where} 由更新版本的瞭望建立（表版本 {revision}）</translation>
    </message>
    <message>
        <source>Bring this Lookout up to date.</source>
        <translation>请升级本机的瞭望。</translation>
    </message>
    <message>
        <source>{where} is of an older version</source>
        <translation>{where} 是旧版本</translation>
    </message>
    <message>
        <source>Copy it first; the next start of the service converts it.</source>
        <translation>请先备份；服务下次启动时会转换。</translation>
    </message>
    <message>
        <source>{where} is of this version</source>
        <translation>{where} 与本版本一致</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>没有运行</translation>
    </message>
    <message>
        <source>The desk starts it, or: lookout service.</source>
        <translation>席位会启动它，或运行 lookout service。</translation>
    </message>
    <message>
        <source>nobody listens at {address}</source>
        <translation>{address} 无人应答</translation>
    </message>
    <message>
        <source>Start the service there with --desks 0.0.0.0:PORT, and let the port through its firewall.</source>
        <translation>在那台机器上用 --desks 0.0.0.0:端口 启动服务，并在防火墙放行该端口。</translation>
    </message>
    <message>
        <source>{address} answers</source>
        <translation>{address} 有应答</translation>
    </message>
    <message>
        <source>On the service&apos;s machine: lookout desk list, then lookout desk enrol. This desk&apos;s fingerprint: {fingerprint}. Or its key is not {server_key}.</source>
        <translation>在服务所在机器上：先 lookout desk list，再 lookout desk enrol。本席指纹：{fingerprint}。也可能服务的公钥不是 {server_key}。</translation>
    </message>
    <message>
        <source>none is registered</source>
        <translation>尚未登记</translation>
    </message>
    <message>
        <source>{device} {name}: never heard from</source>
        <translation>{device} {name}：从未收到消息</translation>
    </message>
    <message>
        <source>Look at its power, its network, and the address and key it was given; lookout device refused shows what was turned away.</source>
        <translation>检查它的电源、网络和所填的地址、公钥；lookout device refused 列出被拒收的。</translation>
    </message>
    <message>
        <source>none is enrolled yet</source>
        <translation>还没有准入的设备</translation>
    </message>
    <message>
        <source>QT_QPA_PLATFORM is {platform}: no window shows</source>
        <translation>QT_QPA_PLATFORM 为 {platform}：不会显示窗口</translation>
    </message>
    <message>
        <source>Take it out of the environment for a desk.</source>
        <translation>要用席位，请从环境变量中去掉它。</translation>
    </message>
    <message>
        <source>Windows plays it</source>
        <translation>由 Windows 播放</translation>
    </message>
    <message>
        <source>nothing here plays sound: alarms are silent</source>
        <translation>本机没有播放程序：告警没有声音</translation>
    </message>
    <message>
        <source>Install one of pw-play, paplay, aplay (Debian: pipewire-bin, pulseaudio-utils, alsa-utils).</source>
        <translation>安装 pw-play、paplay 或 aplay 之一（Debian：pipewire-bin、pulseaudio-utils、alsa-utils）。</translation>
    </message>
    <message>
        <source>{name} plays</source>
        <translation>{name} 能播放</translation>
    </message>
    <message>
        <source>{name} finds no sound device: alarms are silent</source>
        <translation>{name} 找不到声音设备：告警没有声音</translation>
    </message>
    <message>
        <source>Plug in a loudspeaker, or log in where sound is; then look again.</source>
        <translation>接上扬声器，或在有声音的会话中登录，再检查一次。</translation>
    </message>
    <message>
        <source>Debian, Ubuntu: sudo apt install espeak-ng. Windows: add a voice in its settings.</source>
        <translation>Debian、Ubuntu：sudo apt install espeak-ng。Windows：在系统设置里添加语音。</translation>
    </message>
    <message>
        <source>no voice here: alarms are heard, but not said aloud</source>
        <translation>本机没有语音：告警只有提示音，不会说出来</translation>
    </message>
    <message>
        <source>{name} speaks</source>
        <translation>{name} 可以说话</translation>
    </message>
    <message>
        <source>{name} says nothing: alarms are heard, but not said aloud</source>
        <translation>{name} 说不出声：告警只有提示音，不会说出来</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>looking; cameras that do not answer take up to {limit} s…</source>
        <translation>正在检查；有摄像机不应答时最多要 {limit} 秒…</translation>
    </message>
    <message>
        <source>{device} {name}: not heard for {hours} h</source>
        <translation>{device} {name}：{hours} 小时没有消息</translation>
    </message>
    <message>
        <source>Look at its power, battery and network.</source>
        <translation>检查它的供电、电池和网络。</translation>
    </message>
    <message>
        <source>{count} must give signs of life: {silent} not heard in time, {never} never</source>
        <translation>应有消息的 {count} 台：{silent} 台逾期未到，{never} 台从未有过</translation>
    </message>
    <message>
        <source>Correct the address: lookout camera add --number {number} --replace, with the right --url and --sub-url.</source>
        <translation>改正地址：lookout camera add --number {number} --replace，写上正确的 --url 和 --sub-url。</translation>
    </message>
    <message>
        <source>Give it: lookout camera login {number}</source>
        <translation>重新给出：lookout camera login {number}</translation>
    </message>
    <message>
        <source>Look at its stream settings, and whether this is a camera&apos;s address.</source>
        <translation>检查它的码流设置，以及这是不是摄像机的地址。</translation>
    </message>
    <message>
        <source>{number} {name}: {where} does not answer in time</source>
        <translation>{number} {name}：{where} 没有及时应答</translation>
    </message>
    <message>
        <source>{number} {name}: there is no picture at {where}</source>
        <translation>{number} {name}：{where} 没有画面，路径不对</translation>
    </message>
    <message>
        <source>{number} {name}: {where} does not accept its log-in</source>
        <translation>{number} {name}：{where} 不接受它的用户名或密码</translation>
    </message>
    <message>
        <source>{number} {name}: its log-in cannot be read, {where} was not asked</source>
        <translation>{number} {name}：读不出它的密码，没有询问 {where}</translation>
    </message>
    <message>
        <source>{number} {name}: the picture of {where} is too large for here</source>
        <translation>{number} {name}：{where} 的画面太大，这里无法解码</translation>
    </message>
    <message>
        <source>Set one of at most 4096x4096.</source>
        <translation>请设为不超过 4096x4096。</translation>
    </message>
    <message>
        <source>{number} {name}: {where} answers, but not with a picture</source>
        <translation>{number} {name}：{where} 有应答，但没有画面</translation>
    </message>
    <message>
        <source>{count} cameras were not looked at within {limit} s</source>
        <translation>{count} 路摄像机在 {limit} 秒内没有查到</translation>
    </message>
    <message>
        <source>Mend what stands above first, then ask again.</source>
        <translation>先处理以上各项，再查一次。</translation>
    </message>
    <message>
        <source>{lost} of {count} cameras lack a picture</source>
        <translation>{count} 路摄像机中有 {lost} 路没有画面</translation>
    </message>
    <message>
        <source>A desk shows it by itself as soon as it comes.</source>
        <translation>恢复后席上的画面会自动回来。</translation>
    </message>
    <message>
        <source>all {count} give their pictures</source>
        <translation>{count} 路都有画面</translation>
    </message>
    <message>
        <source>{number} {name}: {where} gives a picture, and could be set better</source>
        <translation>{number} {name}：{where} 有画面，设置还可以更好</translation>
    </message>
    <message>
        <source>{count} more streams could be set better</source>
        <translation>另有 {count} 路码流的设置还可以更好</translation>
    </message>
    <message>
        <source>Set those above, then ask again.</source>
        <translation>先改好上面几路，再运行一次。</translation>
    </message>
    <message>
        <source>{number} {name}: {where} is busy or reports an error of its own</source>
        <translation>{number} {name}：{where} 忙或自身出错</translation>
    </message>
    <message>
        <source>Look again later. If it stays: restart it, or let fewer watch it.</source>
        <translation>过后再看。一直这样：重启它，或减少同时观看的人。</translation>
    </message>
    <message>
        <source>notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Mend it, then try: lookout notify test {name}. Until then, telephone.</source>
        <translation>修好后试一试：lookout notify test {name}。在此之前请打电话。</translation>
    </message>
    <message>
        <source>{name}: nobody answers at {url}</source>
        <translation>{name}：{url} 没有应答</translation>
    </message>
    <message>
        <source>{name}: {url} does not answer in time</source>
        <translation>{name}：{url} 超时没有应答</translation>
    </message>
    <message>
        <source>{name}: the certificate of {url} cannot be trusted</source>
        <translation>{name}：{url} 的证书不可信</translation>
    </message>
    <message>
        <source>{name}: {url} does not accept the log-in</source>
        <translation>{name}：{url} 不接受账号或密码</translation>
    </message>
    <message>
        <source>{name}: {url} says: not now</source>
        <translation>{name}：{url} 说现在不行</translation>
    </message>
    <message>
        <source>{name}: its password cannot be read</source>
        <translation>{name}：密码读不出来</translation>
    </message>
    <message>
        <source>no SMS, mail or webhook is set up: reminders reach nobody</source>
        <translation>没有设置短信、邮件或推送：提醒通知不到人</translation>
    </message>
    <message>
        <source>lookout notify add --help</source>
        <translation>lookout notify add --help</translation>
    </message>
    <message>
        <source>{name}: {url} lets us in</source>
        <translation>{name}：{url} 连得通</translation>
    </message>
    <message>
        <source>{number} {name}: nobody knows the machine of {where}</source>
        <translation>{number} {name}：找不到 {where} 的主机名</translation>
    </message>
    <message>
        <source>{address} has not the key {server_key}</source>
        <translation>{address} 的公钥不是 {server_key}</translation>
    </message>
    <message>
        <source>On the service&apos;s machine: lookout desk card FILE. Then open this desk with lookout console --connect --server-key FILE.</source>
        <translation>在服务所在机器上：lookout desk card 文件；再在本席运行 lookout console --connect --server-key 文件。</translation>
    </message>
    <message>
        <source>{address} says nothing: it does not let this desk in, or it hangs, or another program has this port</source>
        <translation>{address} 不应答：没有放行本席，或服务停住了，或别的程序占用了这个端口</translation>
    </message>
    <message>
        <source>{number} {name}: no connection at {where}</source>
        <translation>{number} {name}：连不上 {where}</translation>
    </message>
    <message>
        <source>See to its power and network. Its address or port is another: lookout camera add --number {number} --replace, with the new --url.</source>
        <translation>请检查它的电源和网络。地址或端口变了：lookout camera add --number {number} --replace，写上新的 --url。</translation>
    </message>
    <message>
        <source>gateways</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Mend it, or set it up again: lookout gateway add {name}. Until then its devices are not heard.</source>
        <translation>请修好，或重新设置：lookout gateway add {name}。在此之前听不到它的设备。</translation>
    </message>
    <message>
        <source>Start the service; if it runs, its log says why: the port is taken, or the certificate cannot be read.</source>
        <translation>请启动服务；已在运行的，日志里写着原因：端口被占用，或证书读不出来。</translation>
    </message>
    <message>
        <source>{name}: {url} answers</source>
        <translation>{name}：{url} 有应答</translation>
    </message>
</context>
<context>
    <name>Doubt</name>
    <message>
        <source>the sender&apos;s clock is wrong</source>
        <translation>发送方时钟不准</translation>
    </message>
    <message>
        <source>the place sent lies outside the town</source>
        <translation>上报位置在辖区之外</translation>
    </message>
    <message>
        <source>holidays not announced: by weekends alone</source>
        <translation>节假日未公布，只按周末计算</translation>
    </message>
</context>
<context>
    <name>DutyRows</name>
    <message>
        <source>not in the roster</source>
        <translation>未排班</translation>
    </message>
    <message>
        <source>on shift</source>
        <translation>当班</translation>
    </message>
    <message>
        <source>not on shift now</source>
        <translation>此刻不当班</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>Of no grid</source>
        <translation>未分网格</translation>
    </message>
    <message>
        <source>Of no department</source>
        <translation>未分部门</translation>
    </message>
    <message>
        <source>Of no role</source>
        <translation>未分角色</translation>
    </message>
</context>
<context>
    <name>FindCasePage</name>
    <message>
        <source>The service is away; it is searched once it is back.</source>
        <translation>服务未连上，恢复后自动查找。</translation>
    </message>
    <message>
        <source>Type two characters or more: of a place, a report or a name, pinyin initials, the end of a case&apos;s number, a telephone number or its last four digits.</source>
        <translation>输入两个字以上：地点、内容或姓名里的字，拼音首字母，案号末几位，电话全号或末四位。</translation>
    </message>
    <message>
        <source>One more character is needed.</source>
        <translation>还要再输一个字。</translation>
    </message>
    <message>
        <source>No case has all of these words. Type less of it, or another word.</source>
        <translation>没有案件含有全部这些字。少输几个字，或换个说法。</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>查找案件</translation>
    </message>
    <message>
        <source>Place, words, number, telephone, initials</source>
        <translation>地点、内容、案号、电话、首字母</translation>
    </message>
    <message>
        <source>↑ ↓ chooses, ⏎ opens, Esc goes back. Who opens a case from here is written down.</source>
        <translation>↑ ↓ 选，⏎ 打开，Esc 返回。谁从这里打开了案件，都有记录。</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>Find a camera</source>
        <translation>查找摄像机</translation>
    </message>
    <message>
        <source>Number, name or initials</source>
        <translation>编号、名称或拼音首字母</translation>
    </message>
    <message>
        <source>No camera is called so. Type less of it.</source>
        <translation>没有这样的摄像机。少输几个字再试。</translation>
    </message>
    <message>
        <source>↑ ↓ chooses, ⏎ shows it in the chosen picture tile, Esc goes back.</source>
        <translation>↑ ↓ 选，⏎ 调到选中的画面格，Esc 返回。</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>staff</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>✓ {n} in</source>
        <translation>✓ 已有 {n}</translation>
    </message>
</context>
<context>
    <name>Flood</name>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Shelved until {time}</source>
        <translation>搁置至 {time}</translation>
    </message>
    <message>
        <source>newest {span}</source>
        <translation>最近 {span}</translation>
    </message>
    <message>
        <source>Flood · unfolded</source>
        <translation>洪峰 · 已展开</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>洪峰</translation>
    </message>
    <message>
        <source>Flood · {n} folded into {rows}</source>
        <translation>洪峰 · {n} 条折叠为 {rows} 处</translation>
    </message>
    <message>
        <source>In the last 10 min {n} alarms · at most {most} in the long run</source>
        <translation>近10分钟告警 {n} 条 · 长期不宜超过 {most} 条</translation>
    </message>
    <message>
        <source>In the last 10 min {n} alarms · over {flood} is a flood</source>
        <translation>近10分钟告警 {n} 条 · 超过 {flood} 条为洪峰</translation>
    </message>
    <message>
        <source>In the last 10 min {n} alarms · {calm} is what one can answer</source>
        <translation>近10分钟告警 {n} 条 · {calm} 条以内应付得来</translation>
    </message>
    <message>
        <source>In 24 h {n} alarms · {calm} are acceptable, {most} the most</source>
        <translation>近24小时告警 {n} 条 · {calm} 条可接受，{most} 条为上限</translation>
    </message>
    <message>
        <source>Most in 10 min: {n} · in flood {part} % of the time, under 1 % is good</source>
        <translation>10分钟最多 {n} 条 · 洪峰时段占 {part} %，应低于 1 %</translation>
    </message>
    <message>
        <source>Acknowledged and still active: {n} · there should be few</source>
        <translation>已确认未恢复 {n} 条 · 应当很少</translation>
    </message>
    <message>
        <source>{n} reports, {part} %</source>
        <translation>{n} 次，占 {part} %</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time} 起</translation>
    </message>
    <message>
        <source>proposed: shelve until {time} (S)</source>
        <translation>建议：搁置至 {time}（S）</translation>
    </message>
    <message>
        <source>proposed: have it repaired (M)</source>
        <translation>建议：报修（M）</translation>
    </message>
</context>
<context>
    <name>Forecasts</name>
    <message>
        <source>likely late: done about {when}, as {n} similar cases took</source>
        <translation>可能超期：参照同类 {n} 件的用时，约 {when} 办结</translation>
    </message>
</context>
<context>
    <name>FoundIn</name>
    <message>
        <source>by its telephone number</source>
        <translation>按电话找到</translation>
    </message>
    <message>
        <source>by the reporter&apos;s name</source>
        <translation>按报告人姓名找到</translation>
    </message>
    <message>
        <source>by what was said</source>
        <translation>按内容找到</translation>
    </message>
</context>
<context>
    <name>FoundRows</name>
    <message>
        <source>DRILL {kind}</source>
        <translation>演练 {kind}</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Within {metres} m: {n}</source>
        <translation>{metres} 米内 {n} 件</translation>
    </message>
    <message>
        <source>This number: {n}</source>
        <translation>此号码 {n} 件</translation>
    </message>
    <message>
        <source>Hazards</source>
        <translation>危险</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的案件</translation>
    </message>
    <message>
        <source>You have no open case.</source>
        <translation>手上没有未结案件。</translation>
    </message>
    <message>
        <source>Due within 2 h</source>
        <translation>2 小时内到期</translation>
    </message>
    <message>
        <source>Ended, to be called back  {n}</source>
        <translation>已办结，待回访  {n}</translation>
    </message>
    <message>
        <source>Ended within 12 h  {n}</source>
        <translation>12 小时内办结  {n}</translation>
    </message>
    <message>
        <source>Devices not heard in time  {n}</source>
        <translation>设备失联  {n}</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Cameras without a picture  {n}</source>
        <translation>摄像机无画面  {n}</translation>
    </message>
    <message>
        <source>Wrong view  {n}</source>
        <translation>画面不符  {n}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Nothing is due within 2 h.</source>
        <translation>两小时内没有到期的案件。</translation>
    </message>
    <message>
        <source>Nothing is due within 2 h. Next: {place}, {left}</source>
        <translation>两小时内没有到期的案件。下一件：{place}，{left}</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>take a report</source>
        <translation>登记来电、来访</translation>
    </message>
    <message>
        <source>back to the report put aside</source>
        <translation>回到暂存的登记</translation>
    </message>
    <message>
        <source>walk through the lanes, ⏎ opens</source>
        <translation>在队列中移动，⏎ 打开</translation>
    </message>
    <message>
        <source>show a camera by its number</source>
        <translation>按编号调阅摄像机</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>Promised  {n}</source>
        <translation>承诺  {n}</translation>
    </message>
    <message>
        <source>Still missing; run one after the other:</source>
        <translation>本镇资料还不齐。请依次运行：</translation>
    </message>
    <message>
        <source>never heard {name}</source>
        <translation>尚未上报 {name}</translation>
    </message>
    <message>
        <source>{n} more have never been heard</source>
        <translation>另有 {n} 台尚未上报过</translation>
    </message>
    <message>
        <source>How those files look: user guide, &quot;One&apos;s own town&quot;</source>
        <translation>表格怎么填：见用户手册“安装与登记”</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>{column} is missing</source>
        <translation>{column} 没有填</translation>
    </message>
    <message>
        <source>{column} is no number: {value!r}</source>
        <translation>{column} 不是数字：{value!r}</translation>
    </message>
    <message>
        <source>{column} must be from {low} to {high}, not {value}</source>
        <translation>{column} 应在 {low} 到 {high} 之间，现为 {value}</translation>
    </message>
    <message>
        <source>{column} carries a log-in; give it to the program instead: leave it out here, then lookout camera login NUMBER --user NAME</source>
        <translation>{column} 里带有用户名或密码；文件里不要写，导入后运行 lookout camera login 编号 --user 用户名</translation>
    </message>
    <message>
        <source>{key} has an address of another machine, so its log-in is deleted; give it again: lookout camera login {key} --user NAME</source>
        <translation>{key} 的地址换成了另一台设备，原来的用户名和密码已删除；请重新登记：lookout camera login {key} --user 用户名</translation>
    </message>
    <message>
        <source>{column} must look like rtsp://HOST[:PORT]/PATH</source>
        <translation>{column} 应写成 rtsp://主机[:端口]/路径</translation>
    </message>
    <message>
        <source>{column} is no date: {value!r}</source>
        <translation>{column} 不是日期：{value!r}</translation>
    </message>
    <message>
        <source>{column} must be one of {words}, not {value!r}</source>
        <translation>“{column}”只能是 {words} 之一，不能是 {value!r}</translation>
    </message>
    <message>
        <source>{column} holds characters that nobody can see</source>
        <translation>{column} 里有看不见的字符</translation>
    </message>
    <message>
        <source>{column} is longer than {limit} characters</source>
        <translation>{column} 超过 {limit} 个字</translation>
    </message>
    <message>
        <source>{key} stands twice</source>
        <translation>{key} 出现了两次</translation>
    </message>
    <message>
        <source>too many columns</source>
        <translation>列数比表头多</translation>
    </message>
    <message>
        <source>{column} must be one of {levels}, not {value!r}</source>
        <translation>{column} 应为 {levels} 之一，现为 {value!r}</translation>
    </message>
    <message>
        <source>{column} of a {level} must be {length} digits, not {value!r}</source>
        <translation>{level} 的 {column} 应为 {length} 位数字，现为 {value!r}</translation>
    </message>
    <message>
        <source>{column} was shortened by a spreadsheet: {value}; format the column as text and type it again</source>
        <translation>{column} 被表格软件缩成了 {value}；请把这一列设为文本格式后重新填写</translation>
    </message>
    <message>
        <source>geometry must be a Polygon or null</source>
        <translation>geometry 应为 Polygon 或 null</translation>
    </message>
    <message>
        <source>a Polygon of one ring is wanted, not {count}</source>
        <translation>Polygon 应只有一个环，现有 {count} 个</translation>
    </message>
    <message>
        <source>the ring is not closed</source>
        <translation>边界没有闭合</translation>
    </message>
    <message>
        <source>at least {count} positions are wanted</source>
        <translation>至少要有 {count} 个坐标</translation>
    </message>
    <message>
        <source>not a position, longitude first: {value}</source>
        <translation>不是坐标（经度在前，纬度在后）：{value}</translation>
    </message>
    <message>
        <source>geometry must be a Point or null</source>
        <translation>geometry 应为 Point 或 null</translation>
    </message>
    <message>
        <source>{column} must be written as POLYGON((lon lat, …))</source>
        <translation>{column} 应写成 POLYGON((经度 纬度, …))</translation>
    </message>
    <message>
        <source>not a feature with properties</source>
        <translation>不是带 properties 的要素</translation>
    </message>
    <message>
        <source>{column} has 40 characters of Z85</source>
        <translation>{column} 应为 40 个 Z85 字符</translation>
    </message>
    <message>
        <source>{column} is that of {key} too</source>
        <translation>{column} 与 {key} 的相同</translation>
    </message>
    <message>
        <source>{column} must be 1 to 8 digits, as the keypad has them, not {value!r}</source>
        <translation>{column} 应为小键盘能输入的 1 到 8 位数字，不能是 {value!r}</translation>
    </message>
    <message>
        <source>{key} lies over 200 km from the town; are longitude and latitude in order?</source>
        <translation>{key} 距本镇超过 200 公里；请核对经度和纬度</translation>
    </message>
    <message>
        <source>{value} is no unit yet; import staff too</source>
        <translation>还没有人员 {value}；请再导入 staff</translation>
    </message>
    <message>
        <source>{value} is no device yet; import devices too</source>
        <translation>还没有设备 {value}；请再导入 devices</translation>
    </message>
    <message>
        <source>{key} is not enrolled yet: lookout device enrol --id {key} --key PUBLIC_KEY</source>
        <translation>{key} 尚未准入：lookout device enrol --id {key} --key 公钥</translation>
    </message>
    <message>
        <source>{key} lies outside the town; are longitude and latitude WGS-84?</source>
        <translation>{key} 在镇域之外；经纬度是 WGS-84 吗？</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>读不出来</translation>
    </message>
    <message>
        <source>must end in .csv, .geojson or .json</source>
        <translation>文件名应以 .csv、.geojson 或 .json 结尾</translation>
    </message>
    <message>
        <source>not UTF-8, and not GB18030 either</source>
        <translation>不是 UTF-8，也不是 GB18030</translation>
    </message>
    <message>
        <source>not JSON: {text}</source>
        <translation>不是 JSON：{text}</translation>
    </message>
    <message>
        <source>not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>not a GeoJSON FeatureCollection</source>
        <translation>不是 GeoJSON 的 FeatureCollection</translation>
    </message>
    <message>
        <source>not CSV: {text}</source>
        <translation>不是 CSV：{text}</translation>
    </message>
    <message>
        <source>no column that is known; the first line names the columns</source>
        <translation>没有一列认得出；第一行应是列名</translation>
    </message>
    <message>
        <source>two columns are both {column}</source>
        <translation>有两列都是 {column}</translation>
    </message>
    <message>
        <source>{file}: {count} rows</source>
        <translation>{file}：{count} 行</translation>
    </message>
    <message>
        <source>new: {count}</source>
        <translation>新增：{count}</translation>
    </message>
    <message>
        <source>changed: {count}</source>
        <translation>有变化：{count}</translation>
    </message>
    <message>
        <source>unchanged: {count}</source>
        <translation>无变化：{count}</translation>
    </message>
    <message>
        <source>faulty: {count}</source>
        <translation>有错误：{count}</translation>
    </message>
    <message>
        <source>line {line}: {text}</source>
        <translation>第 {line} 行：{text}</translation>
    </message>
    <message>
        <source>line {line}: {key} {name}: {columns}</source>
        <translation>第 {line} 行：{key} {name}：{columns}</translation>
    </message>
    <message>
        <source>worth knowing: {count}</source>
        <translation>请留意：{count}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 条</translation>
    </message>
    <message>
        <source>columns that nobody knows: {columns}</source>
        <translation>不认识的列：{columns}</translation>
    </message>
    <message>
        <source>columns that are not kept: {columns}</source>
        <translation>不保存的列：{columns}</translation>
    </message>
    <message>
        <source>Nothing was written: this was a dry run.</source>
        <translation>没有写入：这是试运行。</translation>
    </message>
    <message>
        <source>Nothing was written. Correct the faulty rows, or leave them out with --skip-faulty.</source>
        <translation>没有写入。请改正出错的行，或用 --skip-faulty 跳过它们。</translation>
    </message>
    <message>
        <source>Nothing was written. Correct the file first.</source>
        <translation>没有写入。请先改正文件。</translation>
    </message>
    <message>
        <source>Nothing was written: nothing is new.</source>
        <translation>没有写入：没有任何变化。</translation>
    </message>
    <message>
        <source>Written: {count} rows.</source>
        <translation>已写入：{count} 行。</translation>
    </message>
    <message>
        <source>{done} of {count}</source>
        <translation>{done} / {count}</translation>
    </message>
    <message>
        <source>Stopped: {done} of {count} rows are written, whole. Run it again for the rest.</source>
        <translation>已停止：{count} 行中的 {done} 行已完整写入。再运行一次即可写入其余各行。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>the town is {name} from now on</source>
        <translation>镇名从现在起是 {name}</translation>
    </message>
    <message>
        <source>The service did not answer. Run it again.</source>
        <translation>服务没有答复。请再运行一次。</translation>
    </message>
    <message>
        <source>{key} lies in no grid; are longitude and latitude WGS-84? Those of Amap and Baidu lie some 500 m off</source>
        <translation>{key} 不在任何网格内；经纬度是 WGS-84 吗？高德、百度的坐标约偏 500 米</translation>
    </message>
    <message>
        <source>{column} must be 1 to 64 of A-Z a-z 0-9 _ . -, as devices say it, not {value!r}</source>
        <translation>{column} 应为 1 到 64 个字符，只用 A-Z a-z 0-9 _ . -（设备报文里就这样写），不能是 {value!r}</translation>
    </message>
    <message>
        <source>columns are missing: {columns}</source>
        <translation>缺少这些列：{columns}</translation>
    </message>
    <message>
        <source>{key} lies in no grid; it lies in one if it was taken from Amap or Tencent (GCJ-02): convert it to WGS-84</source>
        <translation>{key} 不在任何网格内；若取自高德、腾讯（GCJ-02），换算后就在：请换算成 WGS-84</translation>
    </message>
    <message>
        <source>{column} must be yes or no, not {value!r}</source>
        <translation>{column} 只能是“是”或“否”，不能是 {value!r}</translation>
    </message>
    <message>
        <source>{column} is no shift such as 08:00-20:00: {value!r}</source>
        <translation>{column} 不是 08:00-20:00 这样的班次：{value!r}</translation>
    </message>
    <message>
        <source>longitude {lon} and latitude {lat}: they look as if they had changed places</source>
        <translation>经度 {lon}、纬度 {lat}：像是写反了</translation>
    </message>
    <message>
        <source>{column} has no digit: {value!r}</source>
        <translation>{column}里没有数字：{value!r}</translation>
    </message>
    <message>
        <source>nobody knows the role {value}, it is shown as staff; known are {known}</source>
        <translation>不认识的角色 {value}，按工作人员显示；已有 {known}</translation>
    </message>
    <message>
        <source>nobody knows the kind {value}; known are {known}</source>
        <translation>不认识的类型 {value}；已有 {known}</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入。</translation>
    </message>
    <message>
        <source>{column}: nobody knows the kind of device {value!r}; known are {kinds}</source>
        <translation>{column}：没有这种设备：{value!r}；已有 {kinds}</translation>
    </message>
    <message>
        <source>{column}: no parent {value}</source>
        <translation>{column}：没有上级 {value}</translation>
    </message>
    <message>
        <source>{column}: no grid {value}</source>
        <translation>{column}：没有网格 {value}</translation>
    </message>
    <message>
        <source>{column}: no unit {value}</source>
        <translation>{column}：没有人员 {value}</translation>
    </message>
    <message>
        <source>--replace is for roster alone; nothing was done.</source>
        <translation>--replace 只用于 roster（排班）；没有改动。</translation>
    </message>
    <message>
        <source>nobody is taken off the roster: it is not known whose row this is</source>
        <translation>看不出这一行是谁的，谁也没有移出排班</translation>
    </message>
    <message>
        <source>has no row; as the whole roster it would take everybody off it</source>
        <translation>一行也没有；当作整张排班表会把所有人移出</translation>
    </message>
    <message>
        <source>off the roster, on no shift from now on: {count}</source>
        <translation>移出排班，今后不当班：{count} 人</translation>
    </message>
    <message>
        <source>is empty: there is nothing in it to import</source>
        <translation>是空文件，没有可导入的内容</translation>
    </message>
    <message>
        <source>Nothing was written: the file has headings and no row below them.</source>
        <translation>没有写入：文件只有标题，下面没有一行。</translation>
    </message>
</context>
<context>
    <name>InlineChoice</name>
    <message>
        <source>Choose one above first</source>
        <translation>请先在上面选一项</translation>
    </message>
    <message>
        <source>Digit or ↑↓ chooses, ⏎ does it · Esc back</source>
        <translation>数字键或 ↑↓ 选择，⏎ 办理所选 · Esc 返回</translation>
    </message>
    <message>
        <source>Write words</source>
        <translation>填写说明</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>IntakeForm</name>
    <message>
        <source>Name, address or initials</source>
        <translation>名称、地址或拼音首字母</translation>
    </message>
    <message>
        <source>No such place. Type another part of its name.</source>
        <translation>没有找到。换个名称或地址再输，也可在地图上点选。</translation>
    </message>
    <message>
        <source>Words, initials or code</source>
        <translation>文字、拼音首字母或代码</translation>
    </message>
    <message>
        <source>No such kind. Type another word.</source>
        <translation>没有这个类别。换个词再输。</translation>
    </message>
    <message>
        <source>Not saved: the place is missing. Type part of its name.</source>
        <translation>未保存：还缺地点。请输入名称的一部分，或在地图上点选。</translation>
    </message>
    <message>
        <source>Kept from before this desk was closed.</source>
        <translation>上次关闭前没有登记完，内容已保留。</translation>
    </message>
    <message>
        <source>Not saved yet: look at the kind, then press Enter.</source>
        <translation>还没有保存：请看清类别，再按 Enter。</translation>
    </message>
    <message>
        <source>Not saved: the kind is missing. Type a word of it.</source>
        <translation>未保存：还缺类别。请输入类别中的字。</translation>
    </message>
    <message>
        <source>New report</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Came by</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Reporter</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>The service is away. The report is kept on this desk and is sent by itself when it is back.</source>
        <translation>服务中断。登记已保存在本席，服务恢复后自动送出。</translation>
    </message>
    <message>
        <source>Save report  ⏎</source>
        <translation>保存登记  ⏎</translation>
    </message>
    <message>
        <source>Put aside  Esc</source>
        <translation>暂存  Esc</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>等待服务</translation>
    </message>
    <message>
        <source>Not saved yet: &quot;{words}&quot; speaks for this kind. Look at it, then press Enter.</source>
        <translation>尚未保存：按“{words}”提出了这个类别，看清后再按 Enter。</translation>
    </message>
    <message>
        <source>⏎ chooses the kind, ⏎ saves. Ctrl+I in the case completes it later.</source>
        <translation>选好类别按 ⏎ 选定，再按 ⏎ 保存；其余的以后在案件里按 Ctrl+I 补上。</translation>
    </message>
</context>
<context>
    <name>KeyPage</name>
    <message>
        <source>The public key of the service is missing</source>
        <translation>缺少服务的公钥</translation>
    </message>
    <message>
        <source>This desk is to connect to {address}. On that machine run: lookout desk card FILE. Paste the key that it shows (40 characters), or the path of that file here.</source>
        <translation>本席要连接 {address}。请在那台机器上运行：lookout desk card 文件。把它显示的公钥（40 个字符）或文件的路径粘贴到这里。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keypad</source>
        <translation>小键盘</translation>
    </message>
    <message>
        <source>next set of best views</source>
        <translation>下一组最佳画面</translation>
    </message>
    <message>
        <source>camera by its number</source>
        <translation>按编号调摄像机</translation>
    </message>
    <message>
        <source>In the lanes</source>
        <translation>在队列里</translation>
    </message>
    <message>
        <source>walk from row to row</source>
        <translation>逐行移动</translation>
    </message>
    <message>
        <source>open the row walked to</source>
        <translation>打开选到的一行</translation>
    </message>
    <message>
        <source>In the case</source>
        <translation>在案件里</translation>
    </message>
    <message>
        <source>In the report</source>
        <translation>在登记里</translation>
    </message>
    <message>
        <source>next field · choose</source>
        <translation>下一栏 · 选择</translation>
    </message>
    <message>
        <source>take what is chosen · save</source>
        <translation>取选中的 · 保存</translation>
    </message>
    <message>
        <source>In the pictures</source>
        <translation>在画面里</translation>
    </message>
    <message>
        <source>choose a tile · enlarge</source>
        <translation>选一格 · 放大</translation>
    </message>
    <message>
        <source>next best views · what was before</source>
        <translation>下一组最佳画面 · 先前的内容</translation>
    </message>
    <message>
        <source>wrong view · take it back</source>
        <translation>画面不符 · 撤回画面不符</translation>
    </message>
    <message>
        <source>listen to the camera · mute</source>
        <translation>监听这路摄像机 · 静音</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在地图上</translation>
    </message>
    <message>
        <source>move · zoom</source>
        <translation>移动 · 缩放</translation>
    </message>
    <message>
        <source>whole town · open case</source>
        <translation>全镇 · 打开的案件</translation>
    </message>
    <message>
        <source>next object · act on it</source>
        <translation>下一个对象 · 对它操作</translation>
    </message>
    <message>
        <source>smaller, larger ring · layers</source>
        <translation>圈小、圈大 · 图层</translation>
    </message>
    <message>
        <source>the centre is the report&apos;s place</source>
        <translation>地图中心作为登记的地点</translation>
    </message>
    <message>
        <source>Now · Due · case</source>
        <translation>现在 · 时限 · 案件</translation>
    </message>
    <message>
        <source>pictures · map · people</source>
        <translation>画面 · 地图 · 人员</translation>
    </message>
    <message>
        <source>Keys valid here</source>
        <translation>此处可用的按键</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>Page {n} of {of}  PgDn</source>
        <translation>第 {n}/{of} 页  PgDn</translation>
    </message>
    <message>
        <source>F1 all keys</source>
        <translation>F1 全部按键</translation>
    </message>
    <message>
        <source>Esc back</source>
        <translation>Esc 返回</translation>
    </message>
    <message>
        <source>Keypad </source>
        <translation>小键盘 </translation>
    </message>
    <message>
        <source>next layout · the one before</source>
        <translation>下一种布局 · 上一种</translation>
    </message>
    <message>
        <source>join with the next tile · split</source>
        <translation>与相邻格合并 · 拆分</translation>
    </message>
    <message>
        <source>the layout before the last change</source>
        <translation>撤销布局改动</translation>
    </message>
    <message>
        <source>10 s back, all tiles · 10 s forward</source>
        <translation>全部画面回看10秒 · 前进10秒</translation>
    </message>
    <message>
        <source>10 s back, this tile alone</source>
        <translation>仅此画面回看10秒</translation>
    </message>
    <message>
        <source>stop, go on · live again</source>
        <translation>暂停、继续 · 回到实时</translation>
    </message>
    <message>
        <source>scene by its number</source>
        <translation>按编号调场景</translation>
    </message>
    <message>
        <source>tour: before, next · hold</source>
        <translation>轮巡：上一路、下一路 · 停留</translation>
    </message>
    <message>
        <source>map, lane, board, case, notice in it</source>
        <translation>格里放地图、现在、时限、本班、案件、通知</translation>
    </message>
    <message>
        <source>change places with the next tile</source>
        <translation>与相邻格对换</translation>
    </message>
    <message>
        <source>choose whom to send, or a step</source>
        <translation>选派谁，或选步骤</translation>
    </message>
    <message>
        <source>step done or not · skip it, say why</source>
        <translation>打勾、取消 · 跳过，写原因</translation>
    </message>
    <message>
        <source>Due: all, mine, to decide, today …</source>
        <translation>时限：全部、我的、待批、今日 …</translation>
    </message>
    <message>
        <source>Due: shelve for 30 min, bring back</source>
        <translation>时限：搁置30分、取回</translation>
    </message>
    <message>
        <source>Due: mark a row; A marks all</source>
        <translation>时限：选中一行；A 全选</translation>
    </message>
    <message>
        <source>Due: do the marked together</source>
        <translation>时限：批量办理</translation>
    </message>
    <message>
        <source>list · case</source>
        <translation>列表 · 案件</translation>
    </message>
    <message>
        <source>walk the list, open a case</source>
        <translation>在列表里走动，打开案件</translation>
    </message>
    <message>
        <source>In the contacts</source>
        <translation>在通讯录里</translation>
    </message>
    <message>
        <source>choose a person · call them</source>
        <translation>选人 · 呼叫</translation>
    </message>
    <message>
        <source>by role, department, grid, all</source>
        <translation>按角色、部门、网格、全部</translation>
    </message>
    <message>
        <source>mark a person, or no more</source>
        <translation>勾选一人，或取消勾选</translation>
    </message>
    <message>
        <source>mark all listed · write to the marked</source>
        <translation>勾选列出的全部 · 群发给勾选的人</translation>
    </message>
    <message>
        <source>in a flood: unfold all, fold</source>
        <translation>洪峰时：全部展开，折叠</translation>
    </message>
    <message>
        <source>In the rules over readings</source>
        <translation>在“读数规则”里</translation>
    </message>
    <message>
        <source>open a rule · try it · go by it</source>
        <translation>打开规则 · 试算 · 启用</translation>
    </message>
    <message>
        <source>another like it, for one grid</source>
        <translation>照样另建一条，用于某个网格</translation>
    </message>
    <message>
        <source>as the profile has it</source>
        <translation>恢复为方案里的</translation>
    </message>
</context>
<context>
    <name>Kin</name>
    <message>
        <source>same kind</source>
        <translation>同类</translation>
    </message>
    <message>
        <source>kindred kind</source>
        <translation>近类</translation>
    </message>
    <message>
        <source>same premises</source>
        <translation>同一处所</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>相距 {distance}</translation>
    </message>
    <message>
        <source>{span} between</source>
        <translation>相隔 {span}</translation>
    </message>
    <message>
        <source>same caller</source>
        <translation>同一来电</translation>
    </message>
    <message>
        <source>raised from {own}, by {number}</source>
        <translation>由 {own} 提高，因 {number}</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>{what} by {time}</source>
        <translation>{time} 前 {what}</translation>
    </message>
    <message>
        <source>not called back yet: {numbers} (Shift+F9)</source>
        <translation>尚未回访：{numbers}（Shift+F9）</translation>
    </message>
    <message>
        <source>promised and not kept: {what} (kept: Ctrl+Shift+R)</source>
        <translation>承诺未兑现：{what}（兑现后按 Ctrl+Shift+R）</translation>
    </message>
</context>
<context>
    <name>KinView</name>
    <message>
        <source>was parted before</source>
        <translation>曾解除关联</translation>
    </message>
    <message>
        <source>{n} more, ↑ ↓</source>
        <translation>另有 {n} 件 ↑ ↓</translation>
    </message>
    <message>
        <source>Same thing? {number} {kind}</source>
        <translation>可能是同一件 {number} {kind}</translation>
    </message>
    <message>
        <source>Joined to {number}</source>
        <translation>已并入 {number}</translation>
    </message>
    <message>
        <source>Joined: {number}</source>
        <translation>已关联 {number}</translation>
    </message>
    <message>
        <source>caller not called back yet</source>
        <translation>报告人待回访</translation>
    </message>
    <message>
        <source>{n} joined before that</source>
        <translation>此前还关联 {n} 件</translation>
    </message>
</context>
<context>
    <name>LaneDelegate</name>
    <message>
        <source>Waiting for the service</source>
        <translation>等待服务</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>{n} reports</source>
        <translation>{n} 报</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{n} overdue</source>
        <translation>超期 {n}</translation>
    </message>
    <message>
        <source>the longest {span}</source>
        <translation>最久 {span}</translation>
    </message>
    <message>
        <source>to decide: {what}</source>
        <translation>待批：{what}</translation>
    </message>
</context>
<context>
    <name>LaneView</name>
    <message>
        <source>The row you were at is gone.</source>
        <translation>刚才所在的一行已不在。</translation>
    </message>
</context>
<context>
    <name>LanesPanel</name>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>{n} due today</source>
        <translation>今日到期 {n}</translation>
    </message>
    <message>
        <source>{n} overdue</source>
        <translation>超期 {n}</translation>
    </message>
    <message>
        <source>Nothing needs you now.</source>
        <translation>现在没有需要处理的事件。</translation>
    </message>
    <message>
        <source>Nothing needs you now. {n} due today, Alt+2 shows them.</source>
        <translation>现在没有需要处理的事件。今日到期 {n} 件，按 Alt+2 查看。</translation>
    </message>
    <message>
        <source>Nothing has a deadline running. F2 takes a report.</source>
        <translation>没有计时中的案件。按 F2 登记。</translation>
    </message>
    <message>
        <source>{n} to decide</source>
        <translation>待批 {n}</translation>
    </message>
    <message>
        <source>{n} shelved until {time}</source>
        <translation>搁置 {n} 至 {time}</translation>
    </message>
    <message>
        <source>only {what}</source>
        <translation>只看{what}</translation>
    </message>
    <message>
        <source>None of these. F shows the next choice.</source>
        <translation>没有这一类。按 F 看下一类。</translation>
    </message>
    <message>
        <source>Shelve for 30 min</source>
        <translation>搁置30分</translation>
    </message>
    <message>
        <source>Back from the shelf</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Other choice</source>
        <translation>换一类</translation>
    </message>
    <message>
        <source>{n} marked</source>
        <translation>已选 {n}</translation>
    </message>
    <message>
        <source>Do {n} together</source>
        <translation>批量办理 {n} 件</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>选中</translation>
    </message>
    <message>
        <source>Alt+2 shows them</source>
        <translation>Alt+2 查看</translation>
    </message>
    <message>
        <source>Fold again</source>
        <translation>重新折叠</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Its device is shelved already; Alt+8, S brings it back.</source>
        <translation>该设备已搁置；按 Alt+8 再按 S 取回。</translation>
    </message>
    <message>
        <source>Cases are shelved one by one; Enter unfolds the row.</source>
        <translation>案件须逐件搁置；按 Enter 展开这一行。</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>✕ {why}. Close again within 10 s to close the desk</source>
        <translation>✕ {why}。10 秒内再关一次才关闭</translation>
    </message>
    <message>
        <source>{n} urgent cases are not closed</source>
        <translation>{n} 件一、二级案件未结</translation>
    </message>
    <message>
        <source>{n} alarms are unacknowledged</source>
        <translation>{n} 条告警未确认</translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message>
        <source>This machine plays no sound</source>
        <translation>本机放不出声音</translation>
    </message>
    <message>
        <source>Listening …</source>
        <translation>正在接通声音</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>监听中</translation>
    </message>
    <message>
        <source>This camera has no sound</source>
        <translation>此摄像机没有声音</translation>
    </message>
    <message>
        <source>Its sound does not come</source>
        <translation>声音断了</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Only what is live can be heard: L shows it live</source>
        <translation>只能监听实时画面：按 L 回到实时</translation>
    </message>
    <message>
        <source>The camera is busy, tried again</source>
        <translation>摄像机忙，会再试</translation>
    </message>
</context>
<context>
    <name>LoadPage</name>
    <message>
        <source>What concerns a life is not shelved.</source>
        <translation>危及生命的告警不能搁置。</translation>
    </message>
    <message>
        <source>{device} ({id}): {n} reports since {time}</source>
        <translation>{device} ({id})：自 {time} 起告警 {n} 次</translation>
    </message>
    <message>
        <source>Its repair is asked for already: {number}</source>
        <translation>已经报修：{number}</translation>
    </message>
    <message>
        <source>Repair of {device} asked for</source>
        <translation>{device} 已报修</translation>
    </message>
    <message>
        <source>Alarms at this seat</source>
        <translation>本席告警负荷</translation>
    </message>
    <message>
        <source>No device has reported since yesterday.</source>
        <translation>近24小时没有设备告警。</translation>
    </message>
    <message>
        <source>Shelve for 30 min, bring back</source>
        <translation>搁置30分，恢复</translation>
    </message>
    <message>
        <source>Have it repaired</source>
        <translation>报修</translation>
    </message>
    <message>
        <source>Open its newest case</source>
        <translation>打开它最近的案件</translation>
    </message>
    <message>
        <source>This device is not in the register.</source>
        <translation>该设备未登记。</translation>
    </message>
    <message>
        <source>Its repair is being asked for.</source>
        <translation>正在报修，等待服务答复。</translation>
    </message>
    <message>
        <source>No case stands behind this device.</source>
        <translation>该设备没有对应的案件。</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>Reported</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Sent to the department</source>
        <translation>派遣到部门</translation>
    </message>
    <message>
        <source>Handed on</source>
        <translation>转办</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Handed back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>已出动</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>Reported done</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Sent to check</source>
        <translation>发核查</translation>
    </message>
    <message>
        <source>Check passed</source>
        <translation>核查通过</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>确认告警</translation>
    </message>
    <message>
        <source>Put right on the spot</source>
        <translation>自行处置</translation>
    </message>
    <message>
        <source>Sent to verify</source>
        <translation>发核实</translation>
    </message>
    <message>
        <source>Verified: true</source>
        <translation>核实属实</translation>
    </message>
    <message>
        <source>Verified: not true</source>
        <translation>核实不属实</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Answered on the spot</source>
        <translation>当场答复</translation>
    </message>
    <message>
        <source>Not filed</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Joined to another</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Parted again</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>Another joined to it</source>
        <translation>并入</translation>
    </message>
    <message>
        <source>Another parted from it</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>Limits follow the severity</source>
        <translation>限期随等级调整</translation>
    </message>
    <message>
        <source>Reported straight</source>
        <translation>紧急直报</translation>
    </message>
    <message>
        <source>Handed back further</source>
        <translation>再回退</translation>
    </message>
    <message>
        <source>Contacted</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>Extension asked</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Extension endorsed</source>
        <translation>部门同意延期</translation>
    </message>
    <message>
        <source>Extension granted</source>
        <translation>批准延期</translation>
    </message>
    <message>
        <source>Extension refused</source>
        <translation>不批准延期</translation>
    </message>
    <message>
        <source>Suspension asked</source>
        <translation>申请挂账</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>挂账</translation>
    </message>
    <message>
        <source>Suspension refused</source>
        <translation>不批准挂账</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>挂账恢复</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>To do again</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>Not solvable, explained</source>
        <translation>无法解决·已说明</translation>
    </message>
    <message>
        <source>Closed by force</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>重办</translation>
    </message>
    <message>
        <source>Appealed</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Appeal endorsed</source>
        <translation>申诉初审通过</translation>
    </message>
    <message>
        <source>Appeal granted</source>
        <translation>申诉成功</translation>
    </message>
    <message>
        <source>Appeal refused</source>
        <translation>申诉不通过</translation>
    </message>
    <message>
        <source>Supervised</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Supervision ended</source>
        <translation>取消督办</translation>
    </message>
    <message>
        <source>Expedited</source>
        <translation>加急</translation>
    </message>
    <message>
        <source>No longer expedited</source>
        <translation>取消加急</translation>
    </message>
    <message>
        <source>Leader&apos;s note</source>
        <translation>领导批示</translation>
    </message>
    <message>
        <source>Brought up a level</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>Asked for by another seat</source>
        <translation>他席要求接手</translation>
    </message>
    <message>
        <source>Offered to another seat</source>
        <translation>交给他席，待接</translation>
    </message>
    <message>
        <source>Handed over, agreed</source>
        <translation>已交接</translation>
    </message>
    <message>
        <source>Not handed over</source>
        <translation>未交接</translation>
    </message>
    <message>
        <source>Part assigned</source>
        <translation>分派协办</translation>
    </message>
    <message>
        <source>Part signed</source>
        <translation>协办签收</translation>
    </message>
    <message>
        <source>Part returned</source>
        <translation>协办回退</translation>
    </message>
    <message>
        <source>Part reported done</source>
        <translation>协办反馈</translation>
    </message>
    <message>
        <source>Part released</source>
        <translation>解除协办</translation>
    </message>
    <message>
        <source>Reminded</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Deadline worked out anew</source>
        <translation>时限重算</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Step done</source>
        <translation>步骤完成</translation>
    </message>
    <message>
        <source>Step skipped</source>
        <translation>跳过步骤</translation>
    </message>
    <message>
        <source>Step to be done after all</source>
        <translation>步骤改为待办</translation>
    </message>
    <message>
        <source>Accepted there</source>
        <translation>对方已受理</translation>
    </message>
    <message>
        <source>Given back to us</source>
        <translation>对方退回</translation>
    </message>
    <message>
        <source>Closed there</source>
        <translation>对方已办结</translation>
    </message>
    <message>
        <source>Asked to help</source>
        <translation>请求增援</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Come</source>
        <translation>增援到场</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>增援离场</translation>
    </message>
    <message>
        <source>Severity raised</source>
        <translation>等级提高</translation>
    </message>
    <message>
        <source>Severity as before</source>
        <translation>等级恢复</translation>
    </message>
    <message>
        <source>Reporter called back</source>
        <translation>回访报告人</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>补充登记</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>承诺已兑现</translation>
    </message>
    <message>
        <source>Reporter noted</source>
        <translation>补记报告人</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>逾时未答复</translation>
    </message>
    <message>
        <source>Not closed there after all</source>
        <translation>撤销对方办结</translation>
    </message>
    <message>
        <source>Helper signed</source>
        <translation>增援签收</translation>
    </message>
    <message>
        <source>Helper under way</source>
        <translation>增援出动</translation>
    </message>
    <message>
        <source>Helper handed back</source>
        <translation>增援回退</translation>
    </message>
    <message>
        <source>Circular to</source>
        <translation>群发</translation>
    </message>
    <message>
        <source>Call recorded</source>
        <translation>通话已录音</translation>
    </message>
    <message>
        <source>Three-way call asked</source>
        <translation>请求三方转接</translation>
    </message>
    <message>
        <source>Three-way call connected</source>
        <translation>三方转接接通</translation>
    </message>
    <message>
        <source>Three-way call failed</source>
        <translation>三方转接未接通</translation>
    </message>
    <message>
        <source>Joint consultation</source>
        <translation>会商</translation>
    </message>
    <message>
        <source>Mediation</source>
        <translation>调解</translation>
    </message>
    <message>
        <source>Part not signed for</source>
        <translation>协办未签收</translation>
    </message>
    <message>
        <source>Alarm restored by hand</source>
        <translation>强制恢复告警</translation>
    </message>
    <message>
        <source>Alarm shelved</source>
        <translation>告警已搁置</translation>
    </message>
    <message>
        <source>Alarm shelved no longer</source>
        <translation>搁置结束</translation>
    </message>
    <message>
        <source>Step answered</source>
        <translation>步骤已回答</translation>
    </message>
</context>
<context>
    <name>LogDelegate</name>
    <message>
        <source>{what} by telephone</source>
        <translation>{what}（电话）</translation>
    </message>
    <message>
        <source>{name}, entered by {by}</source>
        <translation>{name}，{by} 录入</translation>
    </message>
    <message>
        <source>No terminal: to be told by telephone</source>
        <translation>没有终端，须电话告知</translation>
    </message>
    <message>
        <source>{outcome}, closing condition met</source>
        <translation>{outcome}，结案条件已满足</translation>
    </message>
</context>
<context>
    <name>Lookers</name>
    <message>
        <source>open at {seats}</source>
        <translation>{seats} 也打开着</translation>
    </message>
    <message>
        <source>another seat</source>
        <translation>另一席</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Lookout</source>
        <translation>瞭望</translation>
    </message>
    <message>
        <source>near {place}</source>
        <translation>{place}附近</translation>
    </message>
    <message>
        <source>map point {lon}, {lat}</source>
        <translation>地图点 {lon}, {lat}</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>无信号</translation>
    </message>
    <message>
        <source>Enter: show in the tile</source>
        <translation>⏎ 在画面中调阅</translation>
    </message>
    <message>
        <source>Camera in a tile, by the tile&apos;s number</source>
        <translation>画面里的摄像机，数字是格号</translation>
    </message>
    <message>
        <source>Camera without signal</source>
        <translation>无信号的摄像机</translation>
    </message>
    <message>
        <source>On {unit}</source>
        <translation>随车：{unit}</translation>
    </message>
    <message>
        <source>Position unknown</source>
        <translation>位置未知</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Enter: open</source>
        <translation>⏎ 打开</translation>
    </message>
    <message>
        <source>Click the place of the report</source>
        <translation>点选登记的地点</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Village or community</source>
        <translation>村、社区</translation>
    </message>
    <message>
        <source>Grid of the open case</source>
        <translation>本案网格</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Hazards: {hazards}</source>
        <translation>危险：{hazards}</translation>
    </message>
    <message>
        <source>Ring (ground metres)</source>
        <translation>距离圈（地面米）</translation>
    </message>
    <message>
        <source>Ring {distance}, out of view</source>
        <translation>圈 {distance}，在图外</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Position {age}</source>
        <translation>位置 {age}</translation>
    </message>
    <message>
        <source>Enter: choose to send</source>
        <translation>⏎ 选为派遣对象</translation>
    </message>
    <message>
        <source>Old or in doubt</source>
        <translation>过时或存疑</translation>
    </message>
    <message>
        <source>Waters</source>
        <translation>水域</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Never heard from yet</source>
        <translation>从未收到消息</translation>
    </message>
    <message>
        <source>Heard from {age}</source>
        <translation>最近消息：{age}</translation>
    </message>
    <message>
        <source>Silent, last heard from {age}</source>
        <translation>久无消息，最近：{age}</translation>
    </message>
    <message>
        <source>Silent device</source>
        <translation>设备失联</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>全镇</translation>
    </message>
    <message>
        <source>The whole town (Home)</source>
        <translation>全镇 (Home)</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>The open case (G)</source>
        <translation>当前案件 (G)</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Layers (L)</source>
        <translation>图层 (L)</translation>
    </message>
</context>
<context>
    <name>Moment</name>
    <message>
        <source>Signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>On screen</source>
        <translation>上屏</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>首画面</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>出动</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Owed to people</source>
        <translation>还有所欠</translation>
    </message>
    <message>
        <source>Nothing owed</source>
        <translation>已无所欠</translation>
    </message>
</context>
<context>
    <name>Monitors</name>
    <message>
        <source>Monitor {n}</source>
        <translation>显示器 {n}</translation>
    </message>
</context>
<context>
    <name>MoreSteps</name>
    <message>
        <source>{number} is &quot;{state}&quot;: what is to be done?</source>
        <translation>{number} 现为“{state}”，怎么办理？</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Note</source>
        <translation>批注</translation>
    </message>
    <message>
        <source>⏎ saves · Esc keeps the text</source>
        <translation>⏎ 保存 · Esc 收起不丢字</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>保存批注</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>SMS</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>{way}: taken by the gateway</source>
        <translation>{way} 已送达网关</translation>
    </message>
    <message>
        <source>{way}: taken by the mail server</source>
        <translation>{way} 已交给邮件服务器</translation>
    </message>
    <message>
        <source>{way}: received</source>
        <translation>{way} 对方已收到</translation>
    </message>
    <message>
        <source>Written to the log file only</source>
        <translation>通知只写入日志文件</translation>
    </message>
    <message>
        <source>{way}: not sent yet</source>
        <translation>{way} 尚未送出</translation>
    </message>
    <message>
        <source>{way}: refused</source>
        <translation>{way} 被拒收</translation>
    </message>
    <message>
        <source>{way}: given up</source>
        <translation>{way} 放弃发送</translation>
    </message>
    <message>
        <source>{way}: uncertain</source>
        <translation>{way} 是否送达不明</translation>
    </message>
    <message>
        <source>no SMS, mail or webhook is set up: lookout notify add --help</source>
        <translation>没有设置短信、邮件或推送（lookout notify add --help）</translation>
    </message>
    <message>
        <source>no number or mailbox is known for it</source>
        <translation>没有可用的号码或邮箱</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>连不上</translation>
    </message>
    <message>
        <source>its certificate cannot be trusted</source>
        <translation>对方证书不可信</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>超时没有答复</translation>
    </message>
    <message>
        <source>it broke off</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>the other side says: not now</source>
        <translation>对方说现在不行</translation>
    </message>
    <message>
        <source>the log-in is not accepted</source>
        <translation>账号或密码不被接受</translation>
    </message>
    <message>
        <source>its password cannot be read</source>
        <translation>密码读不出来</translation>
    </message>
    <message>
        <source>the other side says no</source>
        <translation>对方拒收</translation>
    </message>
    <message>
        <source>its template does not fit</source>
        <translation>模板不对</translation>
    </message>
    <message>
        <source>this way was removed</source>
        <translation>这种通知方式已删除</translation>
    </message>
    <message>
        <source>it would have come too late</source>
        <translation>已经过时</translation>
    </message>
    <message>
        <source>the service ended while it was being sent</source>
        <translation>发送时服务中断</translation>
    </message>
    <message>
        <source>a fault of ours; see the service&apos;s log</source>
        <translation>本机故障，见服务日志</translation>
    </message>
    <message>
        <source>Nobody was reached by it: {why}.</source>
        <translation>没有人由此得知：{why}。</translation>
    </message>
    <message>
        <source>{why}; it is tried again by itself.</source>
        <translation>{why}，自动重试。</translation>
    </message>
    <message>
        <source>{why}; telephone instead.</source>
        <translation>{why}，请改打电话。</translation>
    </message>
    <message>
        <source>{why}; it may have arrived, so it is not sent again by itself: telephone.</source>
        <translation>{why}；可能已送达，为免重复不再自动发送，请打电话确认。</translation>
    </message>
    <message>
        <source>no SMS is set up</source>
        <translation>未设置短信</translation>
    </message>
    <message>
        <source>Terminal told; {why}</source>
        <translation>终端已通知；{why}</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Connecting to the service</source>
        <translation>正在连接服务</translation>
    </message>
    <message>
        <source>The service has been unable to store anything for {age} · no alarm comes in · have its disk or database looked at</source>
        <translation>服务已{age}无法保存数据 · 收不到新告警 · 请检查其磁盘或数据库</translation>
    </message>
    <message>
        <source>Working alone · service away for {age}</source>
        <translation>单机运行 · 服务中断 {age}</translation>
    </message>
    <message>
        <source>Working alone · {n} entries to merge · service away for {age}</source>
        <translation>单机运行 · 已记 {n} 条待合并 · 服务中断 {age}</translation>
    </message>
    <message>
        <source>Working alone · 1 entry to merge · service away for {age}</source>
        <translation>单机运行 · 已记 1 条待合并 · 服务中断 {age}</translation>
    </message>
    <message>
        <source>Open to this machine only: {addresses} is taken · other desks and devices are shut out · start lookout service again</source>
        <translation>只对本机开放：{addresses} 被占用 · 其他席位和设备连不上 · 请重新启动 lookout service</translation>
    </message>
    <message>
        <source>Serves others: {addresses}</source>
        <translation>本席代行服务：{addresses}</translation>
    </message>
    <message>
        <source>No data from the service yet</source>
        <translation>尚未收到服务的数据</translation>
    </message>
    <message>
        <source>As of {time}: {text}</source>
        <translation>截至 {time}：{text}</translation>
    </message>
    <message>
        <source>From before the restart: {text}</source>
        <translation>重启前的操作：{text}</translation>
    </message>
    <message>
        <source>Nothing comes in through {names} · devices there are not heard · on the service&apos;s machine: lookout doctor</source>
        <translation>经 {names} 收不到任何消息 · 那里的设备报警进不来 · 请在服务所在的机器上运行 lookout doctor</translation>
    </message>
    <message>
        <source>{names} and {more} more</source>
        <translation>{names} 另 {more} 处</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Handled</source>
        <translation>已处置</translation>
    </message>
    <message>
        <source>False alarm</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>Nothing found on scene</source>
        <translation>到场未发现</translation>
    </message>
    <message>
        <source>Test or drill</source>
        <translation>测试或演练</translation>
    </message>
    <message>
        <source>Reported twice</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Answered on the spot</source>
        <translation>当场答复</translation>
    </message>
    <message>
        <source>Not solvable, explained</source>
        <translation>无法解决·已说明</translation>
    </message>
    <message>
        <source>Put right on the spot</source>
        <translation>自行处置</translation>
    </message>
</context>
<context>
    <name>Part</name>
    <message>
        <source>Not yet signed</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已回退</translation>
    </message>
    <message>
        <source>Reported done</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>{done} of {n} done or released</source>
        <translation>{n} 个协办部门，已完成或解除 {done} 个</translation>
    </message>
</context>
<context>
    <name>PartsView</name>
    <message>
        <source>Joint handling</source>
        <translation>联合处置</translation>
    </message>
    <message>
        <source>responsible</source>
        <translation>主办</translation>
    </message>
</context>
<context>
    <name>PeopleView</name>
    <message>
        <source>Nobody can be sent. Put in your people with:</source>
        <translation>没有可派人员。用下面的命令导入：</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Nobody free is known. F9 shows whom to call.</source>
        <translation>没有已知的空闲人员。按 F9 查看可联系的人。</translation>
    </message>
    <message>
        <source>Reported done</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>No terminal, and no number is registered.</source>
        <translation>没有终端，也没有登记号码。</translation>
    </message>
    <message>
        <source>No terminal. Please telephone: {number}</source>
        <translation>没有终端，请电话告知：{number}</translation>
    </message>
    <message>
        <source>No terminal. F9 shows the number.</source>
        <translation>没有终端。按 F9 查看号码。</translation>
    </message>
    <message>
        <source>With {department}: they send somebody, and report.</source>
        <translation>已派到{department}：由其派人处置并反馈。</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无位置</translation>
    </message>
    <message>
        <source>not heard for {span}</source>
        <translation>{span} 没有消息</translation>
    </message>
</context>
<context>
    <name>PhoneQuestion</name>
    <message>
        <source>(no number)</source>
        <translation>（没有登记号码）</translation>
    </message>
    <message>
        <source>Telephone {name} {number}: what is said?</source>
        <translation>电话联系 {name} {number}：对方怎么说？</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>处置结果（反馈必填）</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>Not a photo that can be shown</source>
        <translation>照片无法显示</translation>
    </message>
</context>
<context>
    <name>PhotoField</name>
    <message>
        <source>Add photos…</source>
        <translation>添加照片…</translation>
    </message>
    <message>
        <source>Take the last out</source>
        <translation>去掉最后一张</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>The photos are being made ready.</source>
        <translation>正在整理照片。</translation>
    </message>
    <message>
        <source>None yet; Space adds, at most {most}.</source>
        <translation>还没有照片；按空格添加，最多 {most} 张。</translation>
    </message>
    <message>
        <source>Left out, unreadable or too many: {names}</source>
        <translation>未加入（读不出或超过张数）：{names}</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Still of {time}  {name}  ·  Esc back</source>
        <translation>截图 {time}  {name}  ·  Esc 返回</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Still</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>reduced</source>
        <translation>降帧</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Live {n} s</source>
        <translation>实时 {n}s</translation>
    </message>
    <message>
        <source>Live {n} s, damaged</source>
        <translation>实时 {n} 秒，画面受损</translation>
    </message>
    <message>
        <source>Late by {span}</source>
        <translation>画面延迟 {span}</translation>
    </message>
    <message>
        <source>Frozen for {span}</source>
        <translation>画面停滞 已{span}</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>无信号</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>User name or password not accepted</source>
        <translation>用户名或密码不被接受</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>应答超时</translation>
    </message>
    <message>
        <source>The camera has no picture at this address</source>
        <translation>摄像机上没有这个画面地址</translation>
    </message>
    <message>
        <source>It answers, but sends no picture</source>
        <translation>有应答，但没有画面</translation>
    </message>
    <message>
        <source>It sends, but no whole picture to begin with</source>
        <translation>有码流，但一直没有关键帧</translation>
    </message>
    <message>
        <source>What it sends arrives damaged</source>
        <translation>收到的画面数据有损坏</translation>
    </message>
    <message>
        <source>The line is too slow: its pictures wait on the way</source>
        <translation>线路太慢，画面在路上积压</translation>
    </message>
    <message>
        <source>Its picture is too large to be decoded here</source>
        <translation>画面尺寸超出本机解码上限</translation>
    </message>
    <message>
        <source>The decoder is being started again</source>
        <translation>解码器正在重新启动</translation>
    </message>
    <message>
        <source>The camera is getting ready</source>
        <translation>摄像机正在准备</translation>
    </message>
    <message>
        <source>Waiting for the log-in from the service</source>
        <translation>等待服务提供账号</translation>
    </message>
    <message>
        <source>The technician gives its log-in again: lookout camera login {camera}</source>
        <translation>请技术员重新登记账号：lookout camera login {camera}</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays: its network.</source>
        <translation>正在自动重试；一直如此请检查网络。</translation>
    </message>
    <message>
        <source>The technician corrects the address of camera {camera}.</source>
        <translation>请技术员改正摄像机 {camera} 的地址。</translation>
    </message>
    <message>
        <source>The technician looks at its stream settings.</source>
        <translation>请技术员检查它的码流设置。</translation>
    </message>
    <message>
        <source>The technician sets its key frames to one every 2 seconds.</source>
        <translation>请技术员把关键帧间隔设为 2 秒。</translation>
    </message>
    <message>
        <source>Have its network looked at; TCP loses nothing.</source>
        <translation>请检查它的网络；用 TCP 传输不会丢包。</translation>
    </message>
    <message>
        <source>Have its network looked at, or a smaller stream set.</source>
        <translation>请检查它的网络，或把码流调小。</translation>
    </message>
    <message>
        <source>The technician sets a smaller picture, or gives a sub-stream.</source>
        <translation>请技术员调小画面，或配上子码流。</translation>
    </message>
    <message>
        <source>Live {n} s, reduced</source>
        <translation>实时 {n}s 降帧</translation>
    </message>
    <message>
        <source>Still of {time}, every {n} s</source>
        <translation>截图 {time}，每{n}秒</translation>
    </message>
    <message>
        <source>No camera has this number</source>
        <translation>没有此编号的摄像机</translation>
    </message>
    <message>
        <source>Pictures are switched off at this desk</source>
        <translation>本席位未启用画面</translation>
    </message>
    <message>
        <source>No camera yet: lookout camera add</source>
        <translation>还没有摄像机：lookout camera add</translation>
    </message>
    <message>
        <source>No further camera near</source>
        <translation>附近没有更多摄像机</translation>
    </message>
    <message>
        <source>Type a camera number, then Enter</source>
        <translation>输入摄像机编号，再按 ⏎</translation>
    </message>
    <message>
        <source>Last picture {span} ago</source>
        <translation>最后画面 {span}前</translation>
    </message>
    <message>
        <source>Wrong view: {camera}</source>
        <translation>画面不符：{camera}</translation>
    </message>
    <message>
        <source>{camera} shows what it should: take it back</source>
        <translation>撤回画面不符：{camera}</translation>
    </message>
    <message>
        <source>Wrong view</source>
        <translation>画面不符</translation>
    </message>
    <message>
        <source>Own layout, {n} tiles</source>
        <translation>自定布局，{n} 格</translation>
    </message>
    <message>
        <source>{n} tiles</source>
        <translation>{n} 格</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Nothing is kept of this camera from then</source>
        <translation>此摄像机没有保留这一时刻的画面</translation>
    </message>
    <message>
        <source>Back at {time}</source>
        <translation>回看 {time}</translation>
    </message>
    <message>
        <source>Still of {time}</source>
        <translation>截图 {time}</translation>
    </message>
    <message>
        <source>{camera} was sealed at {time}</source>
        <translation>{camera} 已设为密件 {time}</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>密件</translation>
    </message>
    <message>
        <source>The camera is busy or reports an error of its own</source>
        <translation>摄像机忙，或自身出错</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays: restart it, or let fewer watch it.</source>
        <translation>会自动重试。一直这样：重启它，或减少同时观看的人。</translation>
    </message>
    <message>
        <source>Nobody knows a machine of that name</source>
        <translation>找不到摄像机的主机名</translation>
    </message>
    <message>
        <source>No connection at its address</source>
        <translation>连不上它的地址</translation>
    </message>
    <message>
        <source>Have its power and network looked at; a wrong port the technician corrects.</source>
        <translation>请安排检查它的电源和网络；端口不对的，由技术员更正。</translation>
    </message>
</context>
<context>
    <name>PicturesPanel</name>
    <message>
        <source>Pictures</source>
        <translation>画面</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>{n} urgent working hours</source>
        <translation>{n}紧急工作时</translation>
    </message>
    <message>
        <source>{n} working hours</source>
        <translation>{n}工作时</translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation>{n}工作日</translation>
    </message>
    <message>
        <source>{n} calendar days</source>
        <translation>{n}自然日</translation>
    </message>
    <message>
        <source>half-time</source>
        <translation>时限过半时</translation>
    </message>
    <message>
        <source>four fifths</source>
        <translation>过五分之四时</translation>
    </message>
    <message>
        <source>a day before</source>
        <translation>到期前一天</translation>
    </message>
    <message>
        <source>the common base</source>
        <translation>通用基础规则</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Handled within {limit} at most</source>
        <translation>处置最长{limit}</translation>
    </message>
    <message>
        <source>Handled within the limit of its kind</source>
        <translation>处置按类别的时限</translation>
    </message>
    <message>
        <source>the leader of the grid</source>
        <translation>网格长</translation>
    </message>
    <message>
        <source>By rule, cases go to: {to}</source>
        <translation>按规则去向：{to}</translation>
    </message>
    <message>
        <source>Reported online: answered within {answer}, solved within {solve}, hard ones within {hard}</source>
        <translation>网上反映：{answer}内答复，{solve}内办结，疑难的{hard}内办结</translation>
    </message>
    <message>
        <source>Reminders: {when}</source>
        <translation>提醒：{when}</translation>
    </message>
    <message>
        <source>Yellow {yellow} late, red {red}</source>
        <translation>超期：{yellow}后黄牌，{red}后红牌</translation>
    </message>
    <message>
        <source>Extended {extensions}×, suspended {suspensions}× {days} days, reopened {hours} h</source>
        <translation>延期最多{extensions}次；挂账最多{suspensions}次，不超过{days}天；结案后{hours}小时内可重办</translation>
    </message>
    <message>
        <source>Rules of the town: {title}</source>
        <translation>本镇规则：{title}</translation>
    </message>
    <message>
        <source>{title}, since {at}, chosen by {who}</source>
        <translation>{title}，{at} 起，{who} 选定</translation>
    </message>
    <message>
        <source>Another is chosen where the service runs.</source>
        <translation>换一套由技术员在服务所在的机器上选。</translation>
    </message>
    <message>
        <source>{n} urgent working hour</source>
        <translation>{n}紧急工作时</translation>
    </message>
    <message>
        <source>{n} working hour</source>
        <translation>{n}工作时</translation>
    </message>
    <message>
        <source>{n} working day</source>
        <translation>{n}工作日</translation>
    </message>
    <message>
        <source>{n} calendar day</source>
        <translation>{n}自然日</translation>
    </message>
</context>
<context>
    <name>PromiseForm</name>
    <message>
        <source>Promised by</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>To</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Minutes, or a time: 30, 10:55</source>
        <translation>几分钟，或几点：30、10:55</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>The reporter</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Type by when: minutes from now, or a time.</source>
        <translation>输入期限：几分钟内，或几点前。</translation>
    </message>
    <message>
        <source>Until {time}. Enter saves it.</source>
        <translation>{time} 前。Enter 保存。</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>answers for it</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>of the trade</source>
        <translation>对口</translation>
    </message>
    <message>
        <source>own grid</source>
        <translation>本网格</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无位置</translation>
    </message>
    <message>
        <source>position {age}</source>
        <translation>位置 {age}</translation>
    </message>
    <message>
        <source>{n} in hand</source>
        <translation>在办 {n} 件</translation>
    </message>
    <message>
        <source>on shift</source>
        <translation>值班</translation>
    </message>
    <message>
        <source>off shift</source>
        <translation>不当班</translation>
    </message>
    <message>
        <source>returned it</source>
        <translation>曾回退</translation>
    </message>
</context>
<context>
    <name>RecallQuestion</name>
    <message>
        <source>{name} has signed. Take back? The times of sending, signing and arriving are cleared for the next one; the log keeps them.</source>
        <translation>{name}已签收。要撤回吗？派遣、签收、到场的时刻清空，由下一位重新计；日志里都留着。</translation>
    </message>
    <message>
        <source>Take back {name}</source>
        <translation>撤回 {name}</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>The case is not known to the service. Esc, then open it again.</source>
        <translation>未执行：服务中没有此案。按 Esc 后重新打开。</translation>
    </message>
    <message>
        <source>Not filed: this kind has no filing standard. Ask the technician.</source>
        <translation>未立案：此类别没有立案标准。请联系技术员。</translation>
    </message>
    <message>
        <source>Not filed: that filing standard is not in use. Choose another.</source>
        <translation>未立案：此立案标准未启用。请换一条。</translation>
    </message>
    <message>
        <source>Not saved: that kind is not in use. Choose another kind.</source>
        <translation>未保存：此类别未启用。请换一个类别。</translation>
    </message>
    <message>
        <source>Not saved: the place is missing. Type part of its name.</source>
        <translation>未保存：还缺地点。请输入名称的一部分。</translation>
    </message>
    <message>
        <source>Not noted: there is no text. Ctrl+N writes one.</source>
        <translation>未批注：没有文字。按 Ctrl+N 填写。</translation>
    </message>
    <message>
        <source>Not closed: the outcome is missing. F8 chooses it.</source>
        <translation>未结案：还缺结果。按 F8 选择。</translation>
    </message>
    <message>
        <source>Not reported: say what was done. F7 asks for it.</source>
        <translation>未反馈：还缺处置结果。按 F7 填写。</translation>
    </message>
    <message>
        <source>Not void: the reason is missing, or its words. F8 asks for it.</source>
        <translation>未作废：还缺原因，或缺说明。按 F8 选择。</translation>
    </message>
    <message>
        <source>Not sent: choose a department, another than it is with.</source>
        <translation>未派出：请选一个部门，转办要选别的部门。</translation>
    </message>
    <message>
        <source>Not done: the case is not with this station, or not any more. Ask the command room.</source>
        <translation>未办成：该案件不在本站，或已不在本站。请问指挥室。</translation>
    </message>
    <message>
        <source>Not done: a station cannot do that. Ask the command room.</source>
        <translation>未办成：站点不能做这一步。请问指挥室。</translation>
    </message>
    <message>
        <source>Not asked: nobody has the case yet. Take it (F7).</source>
        <translation>未要求：本案还没有人受理。按 F7 受理。</translation>
    </message>
    <message>
        <source>Not asked: this seat has the case already.</source>
        <translation>未要求：本案已在本席。</translation>
    </message>
    <message>
        <source>Not done: {seat} has asked for the case. Wait for the answer.</source>
        <translation>未办理：{seat}已要求接手本案。请等对方答复。</translation>
    </message>
    <message>
        <source>Not handed over: {seat} has the case. Ask for it first (Ctrl+T).</source>
        <translation>未交接：本案在{seat}。请先要求接手（Ctrl+T）。</translation>
    </message>
    <message>
        <source>Not handed over: no other seat is open now. Wait until one is.</source>
        <translation>未交接：现在没有别的席位在线。等有席位上线再交。</translation>
    </message>
    <message>
        <source>Not done: no change of seat waits for your answer.</source>
        <translation>未办理：没有等本席答复的交接。</translation>
    </message>
    <message>
        <source>Not done: the case is to go to {seat} by now. Look at it and answer again.</source>
        <translation>未办理：现在是{seat}要接手该案件。请查看后重新答复。</translation>
    </message>
    <message>
        <source>Not done: it waited too long for the service. Ask or answer again.</source>
        <translation>未办理：等待服务的时间过长。请重新提出或答复。</translation>
    </message>
    <message>
        <source>Not done: {department} answers for the case, and you have a part in it. Return your part, or ask the command room.</source>
        <translation>未办理：该案由{department}主办，本站只是协办。可回退协办，或联系指挥室。</translation>
    </message>
    <message>
        <source>Not done: no part of {department} waits for that. Look at the table of the joint handling.</source>
        <translation>未办理：{department}现在没有可这样办理的协办事项。请看“联合处置”表。</translation>
    </message>
    <message>
        <source>Not reported done: parts are still waited for, of {departments}. Ask there, or have the command room release them (Ctrl+M).</source>
        <translation>未反馈：{departments}的协办还没有反馈。请催办，或请指挥室解除协办（Ctrl+M）。</translation>
    </message>
    <message>
        <source>Not reported: at most {most} photos. Take some out.</source>
        <translation>未反馈：照片最多 {most} 张。请去掉几张。</translation>
    </message>
    <message>
        <source>Not ended: it has an alarm nobody acknowledged. Ctrl+⏎, then F8 again.</source>
        <translation>未办结：还有未确认的告警。按 Ctrl+⏎ 确认，再按 F8。</translation>
    </message>
    <message>
        <source>The alarm is not known any more. Take the one in the strip.</source>
        <translation>未确认：此告警已不存在。请处理告警条中的那条。</translation>
    </message>
    <message>
        <source>That clock is not written by a desk. Nothing needs doing.</source>
        <translation>此时刻不由席位记录，无需处理。</translation>
    </message>
    <message>
        <source>Nobody free is known. F9 shows whom to call.</source>
        <translation>没有已知的空闲人员。按 F9 查看可联系的人。</translation>
    </message>
    <message>
        <source>Not sent: {name} is under way for this case, and a case has one unit at a time. Shift+F6 takes back first.</source>
        <translation>没有派遣：{name}正在处理这个案件，一个案件同时只派一方。先按 Shift+F6 撤回。</translation>
    </message>
    <message>
        <source>Not sent: the person is not registered any more. Choose another.</source>
        <translation>未派遣：此人已不在册。请换一人。</translation>
    </message>
    <message>
        <source>Not sent: {name} is off duty. Shift and + chooses the next.</source>
        <translation>未派遣：{name} 离岗。按 Shift 和 + 换下一人。</translation>
    </message>
    <message>
        <source>Not sent: {name} is on another case. Shift and + chooses the next.</source>
        <translation>未派遣：{name} 正在处理另一案。按 Shift 和 + 换下一人。</translation>
    </message>
    <message>
        <source>That was an answer to a task taken back. Nothing needs doing.</source>
        <translation>这是对已撤回任务的回复，无需处理。</translation>
    </message>
    <message>
        <source>This needs the role {roles}. Ask whoever holds it on this shift.</source>
        <translation>未执行：需要 {roles} 角色。请本班该角色的人操作。</translation>
    </message>
    <message>
        <source>Not taken: a photo is JPEG or PNG. Have it sent again as one.</source>
        <translation>未接收：照片须为 JPEG 或 PNG。请对方重新发送。</translation>
    </message>
    <message>
        <source>Not taken: a photo has at most 256 KiB. Have it sent smaller.</source>
        <translation>未接收：照片超过 256 KiB。请对方缩小后重发。</translation>
    </message>
    <message>
        <source>Device {device} is not enrolled. Tell the technician.</source>
        <translation>设备 {device} 未准入。请联系技术员。</translation>
    </message>
    <message>
        <source>Device {device} is not let in any more. Tell the technician.</source>
        <translation>设备 {device} 已停用。请联系技术员。</translation>
    </message>
    <message>
        <source>Device {device} used a key that was replaced. Tell the technician.</source>
        <translation>设备 {device} 用的是已换掉的密钥。请告知技术员。</translation>
    </message>
    <message>
        <source>Device {device} sent a value that is no number. Tell the technician.</source>
        <translation>设备 {device} 上报的值不是数字。请联系技术员。</translation>
    </message>
    <message>
        <source>Not enrolled: a public key has 40 characters. Copy it again.</source>
        <translation>未准入：公钥应为 40 个字符。请重新复制。</translation>
    </message>
    <message>
        <source>Not enrolled: {device} speaks with another key. Replace it on purpose.</source>
        <translation>未准入：{device} 正用另一把密钥。确要替换请明确指定。</translation>
    </message>
    <message>
        <source>Not enrolled: another device has that key. Make a new pair.</source>
        <translation>未准入：此公钥已属另一设备。请重新生成。</translation>
    </message>
    <message>
        <source>Not imported: nobody knows the time zone {zone}. Correct the file.</source>
        <translation>未导入：没有时区 {zone}。请更正文件。</translation>
    </message>
    <message>
        <source>Camera {camera} is not registered. Type another number.</source>
        <translation>没有编号 {camera} 的摄像机。请换一个编号。</translation>
    </message>
    <message>
        <source>Not shown: the purpose is not a known one. Call the camera again.</source>
        <translation>未调阅：用途不明。请重新调阅。</translation>
    </message>
    <message>
        <source>The look at a number was not recorded: nobody knows whose it is.</source>
        <translation>查看号码未能记录：不知道是谁的号码。</translation>
    </message>
    <message>
        <source>Not registered: the address carries a log-in. Give it apart.</source>
        <translation>未登记：地址中带有账号。请单独填写账号和密码。</translation>
    </message>
    <message>
        <source>Not registered: a camera&apos;s number is 1 to 8 digits. Give another.</source>
        <translation>未登记：摄像机编号为 1 到 8 位数字。请换一个编号。</translation>
    </message>
    <message>
        <source>Not registered: a direction is 0 to 360 degrees. Correct it.</source>
        <translation>未登记：朝向应在 0 到 360 度之间。请改正。</translation>
    </message>
    <message>
        <source>Not registered: an angle of view is 1 to 360 degrees. Correct it.</source>
        <translation>未登记：视角应在 1 到 360 度之间。请改正。</translation>
    </message>
    <message>
        <source>Not registered: a range is 1 to 5000 metres. Correct it.</source>
        <translation>未登记：可视距离应在 1 到 5000 米之间。请改正。</translation>
    </message>
    <message>
        <source>Not registered: camera {camera} is over 200 km away. Correct its position.</source>
        <translation>未登记：摄像机 {camera} 距本镇超过 200 公里，请改正位置。</translation>
    </message>
    <message>
        <source>Not registered: there is no sealed store. Tell the technician.</source>
        <translation>未登记：没有密钥库。请联系技术员。</translation>
    </message>
    <message>
        <source>Camera {camera}&apos;s log-in is lost. The technician registers it again.</source>
        <translation>摄像机 {camera} 的账号丢失。请技术员重新登记。</translation>
    </message>
    <message>
        <source>No tour runs in the wall&apos;s chosen tile. Shift+F12 and its number choose one.</source>
        <translation>大屏选中的一格没有轮巡。按 Shift+F12，输入有轮巡的那一格的号码。</translation>
    </message>
    <message>
        <source>The service is away. Press again when it is back.</source>
        <translation>服务不可用。恢复后再按一次。</translation>
    </message>
    <message>
        <source>The service cannot store anything now. Have its disk or database looked at, then press again.</source>
        <translation>服务暂时无法保存数据。请检查其磁盘或数据库，之后再按一次。</translation>
    </message>
    <message>
        <source>The desk is closing. Look after its start whether it was done.</source>
        <translation>席位正在关闭。重新打开后请核对是否已执行。</translation>
    </message>
    <message>
        <source>The service gave no answer. Look whether it was done, then repeat.</source>
        <translation>服务没有答复。请先核对是否已执行，再重试。</translation>
    </message>
    <message>
        <source>The service failed at this. Repeat; if it stays, tell the technician.</source>
        <translation>服务执行出错。请重试；仍出错请联系技术员。</translation>
    </message>
    <message>
        <source>The service cannot store this. Shorten what was typed and repeat.</source>
        <translation>服务无法保存。请缩短文字后重试。</translation>
    </message>
    <message>
        <source>Nothing done to the case under this form. Save the report first (Enter), or put it aside (Esc).</source>
        <translation>没有动表单下面的案件：先保存登记（Enter），或按 Esc 暂存，再按一次。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Nobody may use the service&apos;s own name. Give your own.</source>
        <translation>不能使用服务本身的名称。请改用本人姓名。</translation>
    </message>
    <message>
        <source>The store of log-ins does not answer. Repeat, or tell the technician.</source>
        <translation>密钥库没有应答。请重试，或联系技术员。</translation>
    </message>
    <message>
        <source>Not done: this desk&apos;s disk takes nothing. Make room there, then repeat.</source>
        <translation>未执行：本席磁盘无法写入。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The desk does not understand the answer. Bring both up to date.</source>
        <translation>应答无法识别。请一并更新服务与席位。</translation>
    </message>
    <message>
        <source>Not enrolled: nobody knows that kind of device. Choose another.</source>
        <translation>未准入：没有这种设备。请改选类型。</translation>
    </message>
    <message>
        <source>Nobody to send: F8 voids, or import staff.</source>
        <translation>没有可派人员：F8 作废，或导入人员。</translation>
    </message>
    <message>
        <source>The service does not understand this desk. Bring both up to date.</source>
        <translation>服务与席位版本不一致。请一并更新。</translation>
    </message>
    <message>
        <source>The service cannot do this. Bring it up to date.</source>
        <translation>服务不支持此操作。请更新服务。</translation>
    </message>
    <message>
        <source>The service does not understand the question. Bring it up to date.</source>
        <translation>服务不理解此查询。请更新服务。</translation>
    </message>
    <message>
        <source>The service cannot answer this. Bring it up to date.</source>
        <translation>服务不支持此查询。请更新服务。</translation>
    </message>
    <message>
        <source>The last step is not answered yet. Wait for it, then press again.</source>
        <translation>上一步尚未答复。请稍候再按。</translation>
    </message>
    <message>
        <source>There is nothing to do this to. Choose a case first.</source>
        <translation>没有可操作的对象。请先选一个案件。</translation>
    </message>
    <message>
        <source>Refused: {text}</source>
        <translation>未执行：{text}</translation>
    </message>
    <message>
        <source>No wall is open, and there is one monitor. Shift+F12 opens one.</source>
        <translation>没有打开的大屏，也只有一台显示器。按 Shift+F12 打开一块。</translation>
    </message>
    <message>
        <source>No wall has a tile {number}. Type a number that stands on one.</source>
        <translation>大屏上没有 {number} 号格。请输入屏上显示的号码。</translation>
    </message>
    <message>
        <source>Not done: it needs a reason in words. Write it, then press again.</source>
        <translation>未办理：须写明理由。写好后再按一次。</translation>
    </message>
    <message>
        <source>Not done: nothing of that name can be done with a case.</source>
        <translation>未办理：没有这种操作。</translation>
    </message>
    <message>
        <source>Not asked: that was granted {most} times already, which is the most.</source>
        <translation>未申请：已批准 {most} 次，达到上限。</translation>
    </message>
    <message>
        <source>Not done: the date must lie ahead, and not too far. Choose another.</source>
        <translation>未办理：日期须在今后，且不能太远。请另选。</translation>
    </message>
    <message>
        <source>Not done: that is no level of supervision. Choose another.</source>
        <translation>未督办：没有这一级督办。请另选。</translation>
    </message>
    <message>
        <source>Not transferred: nobody is called that. Choose to whom.</source>
        <translation>未移交：没有这个去向。请选择移交给谁。</translation>
    </message>
    <message>
        <source>Not joined: {number} takes no other case in. Choose an open one.</source>
        <translation>未合并：{number} 不能并入别的案件。请选一件未结的。</translation>
    </message>
    <message>
        <source>Not joined: {number} differs in kind, place or time.</source>
        <translation>未合并：与 {number} 类别、地点或时间不符。</translation>
    </message>
    <message>
        <source>Not asked: no limit runs that could be extended.</source>
        <translation>未申请：没有正在计时的时限可延。</translation>
    </message>
    <message>
        <source>Not asked: it is overdue already, and an extension comes before that.</source>
        <translation>未申请：已超期，延期须在到期前申请。</translation>
    </message>
    <message>
        <source>Not opened again: it was closed too long ago. Take a new report in.</source>
        <translation>未重办：结案已久。请重新登记。</translation>
    </message>
    <message>
        <source>Not brought up: it is with the county already.</source>
        <translation>未升级：已在县一级。</translation>
    </message>
    <message>
        <source>Not appealed: nothing stands against it, or it was appealed before.</source>
        <translation>未申诉：没有超期认定，或已申诉过。</translation>
    </message>
    <message>
        <source>Not answered on the spot: this kind asks for more than an answer.</source>
        <translation>不能当场答复：这类事项不是咨询。</translation>
    </message>
    <message>
        <source>Not asked: another request waits. Decide on that one first.</source>
        <translation>未申请：还有一项申请未批。先批那一项。</translation>
    </message>
    <message>
        <source>Nothing of that kind waits to be decided. Nothing needs doing.</source>
        <translation>没有这样的事项待批。不用处理。</translation>
    </message>
    <message>
        <source>Not sent straight: no rule of the town says so. Take it, then send.</source>
        <translation>未直报：不符合本镇紧急直报规则。先受理，再派遣。</translation>
    </message>
    <message>
        <source>Sealed: the shift leader may look, and every seat for an open case with danger to life.</source>
        <translation>密件：由值班长调阅；打开一级案件时各席都可以调阅。</translation>
    </message>
    <message>
        <source>Not joined: one of the two is a drill, {number} or this one.</source>
        <translation>未合并：本案与 {number} 中有一件是演练。</translation>
    </message>
    <message>
        <source>Not called back: no telephone was left. Send it for checking.</source>
        <translation>未回访：没有留电话。请发核查。</translation>
    </message>
    <message>
        <source>Not opened again: it was answered, never filed. Take a new report in.</source>
        <translation>未重办：该案当场答复，未曾立案。请重新登记。</translation>
    </message>
    <message>
        <source>Not noted: the procedure has no such step now. Look at the steps.</source>
        <translation>未记：处置步骤里没有这一步。请看步骤列表。</translation>
    </message>
    <message>
        <source>Not closed, these steps are missing: {steps}. Alt+7 leads there.</source>
        <translation>未结案：还缺步骤“{steps}”。按 Alt+7 去办。</translation>
    </message>
    <message>
        <source>Not closed as handled: its closing condition is not met ({condition}). F8 asks for it.</source>
        <translation>未结案：结案条件未满足（{condition}）。按 F8 再选结果。</translation>
    </message>
    <message>
        <source>Not chosen: nobody knows the profile {profile}. There are: {known}.</source>
        <translation>未选定：没有“{profile}”这套规则。现有：{known}。</translation>
    </message>
    <message>
        <source>Not noted: they are not on this case any more. Look at the list.</source>
        <translation>未记：他们已不在这一件上，看一下名单。</translation>
    </message>
    <message>
        <source>Nothing completed: {number} knows all of it. Change something first.</source>
        <translation>未补充：{number} 已有这些内容，请先改动再保存。</translation>
    </message>
    <message>
        <source>Nobody waits to be called back about {number}. Nothing needs doing.</source>
        <translation>{number} 没有人等待回访，无需处理。</translation>
    </message>
    <message>
        <source>Not possible while the case is &quot;{state}&quot;. Do the step that stands under &quot;Next&quot;.</source>
        <translation>未执行：案件现在“{state}”。请按“下一步”处理。</translation>
    </message>
    <message>
        <source>Someone else changed the case; it is &quot;{state}&quot; now. Look, then press again.</source>
        <translation>未执行：案件刚被他人改动，现在“{state}”。看过后再按一次。</translation>
    </message>
    <message>
        <source>That unit is not sent to this case. Look who stands under &quot;Sent&quot;.</source>
        <translation>未执行：此人未被派往此案。请看“已派”一栏。</translation>
    </message>
    <message>
        <source>The case is &quot;{state}&quot;, nothing follows. Esc puts it away.</source>
        <translation>案件“{state}”，已没有要办的步骤；按 Esc 收起。</translation>
    </message>
    <message>
        <source>Not closed: whoever reported {numbers} has to hear how it went. Shift+F9 notes the call.</source>
        <translation>未结案：{numbers} 的报告人还没有听到结果。按 Shift+F9 记下回访。</translation>
    </message>
    <message>
        <source>Not sent: nobody here knows a department {to}. Choose one of the list.</source>
        <translation>没有派出：本镇没有部门“{to}”。请从列表里选一个。</translation>
    </message>
    <message>
        <source>Nothing done yet: this case was covered. Here it is; press again.</source>
        <translation>还没有办：刚才本案被挡住了。现在已显示，请再按一次。</translation>
    </message>
    <message>
        <source>Not sent: mark 1 to {most} people first.</source>
        <translation>未发送：请先勾选 1 至 {most} 人。</translation>
    </message>
    <message>
        <source>Not sent: it waited too long for the service. Write it anew.</source>
        <translation>未发送：等待服务太久，请重新编写。</translation>
    </message>
    <message>
        <source>Not sent: the service is away. Telephone, or try again later.</source>
        <translation>未发送：服务不在。请打电话，或稍后再试。</translation>
    </message>
    <message>
        <source>Not sent: none of them has a number that an SMS reaches.</source>
        <translation>未发送：这些人都没有短信能到的号码。</translation>
    </message>
    <message>
        <source>Not sent: no SMS gateway is set up that writes to people. Telephone; its technician sets one up.</source>
        <translation>未发送：没有设置能发给个人的短信网关。请打电话；由技术员设置网关。</translation>
    </message>
    <message>
        <source>Not sent: the circular has no text.</source>
        <translation>未发送：消息没有内容。</translation>
    </message>
    <message>
        <source>Not sent: a circular has at most {most} characters. Shorten it.</source>
        <translation>未发送：消息最多 {most} 字，请缩短。</translation>
    </message>
    <message>
        <source>Not kept: that names no recording. Look in the telephone system.</source>
        <translation>未保存：这不是录音。请到电话系统中查找。</translation>
    </message>
    <message>
        <source>No recording has come for {number}. Look for it in the telephone system.</source>
        <translation>{number} 还没有录音。请到电话系统中查找。</translation>
    </message>
    <message>
        <source>Not kept: that is no call. Write what was said as a note (Ctrl+N).</source>
        <translation>未保存：没有这次通话。请把内容记为批注（Ctrl+N）。</translation>
    </message>
    <message>
        <source>Nobody was brought in: choose 110, 119, 120, 122 or 12345.</source>
        <translation>未转接：请选 110、119、120、122 或 12345。</translation>
    </message>
    <message>
        <source>{to} is being asked for already. Wait, or say how it went: Ctrl+F9.</source>
        <translation>{to} 正在接入。请等待，或按 Ctrl+F9 记下结果。</translation>
    </message>
    <message>
        <source>{to} was not asked for, or has been answered already.</source>
        <translation>没有请求接入 {to}，或已有结果，无须再记。</translation>
    </message>
    <message>
        <source>Not done: another change of seat stands above now. Read it, then press again.</source>
        <translation>未办理：上方现在写的是另一起交接。看清后再按一次。</translation>
    </message>
    <message>
        <source>Not done: who took part is missing. Name them, then press again.</source>
        <translation>未执行：缺少参加人。请写明参加人后再按一次。</translation>
    </message>
    <message>
        <source>No recording of this call has come. Look for it in the telephone system.</source>
        <translation>这通电话还没有录音传来，请到电话系统里查找。</translation>
    </message>
    <message>
        <source>Not closed as handled: its alarm still stands. Have the device reset, restore it by hand (Ctrl+M), or choose another outcome.</source>
        <translation>未结案：告警未恢复，不能按“已处置”结案。请让人复位设备，或按 Ctrl+M 强制恢复，或选别的结果。</translation>
    </message>
    <message>
        <source>Not restored: none of its alarms stands any more.</source>
        <translation>未恢复：该案的告警都已恢复。</translation>
    </message>
    <message>
        <source>Not set: the rule contradicts itself, or its id is another&apos;s. Correct it.</source>
        <translation>未设置：规则自相矛盾，或编号已被别的规则用了。请改正。</translation>
    </message>
    <message>
        <source>Not shelved: danger to life is always heard. See to the device.</source>
        <translation>未搁置：危及生命的告警不能搁置。请处理设备。</translation>
    </message>
    <message>
        <source>Not shelved: it has an end after 30 min to 8 h. Choose one of them.</source>
        <translation>未搁置：须在 30 分钟至 8 小时后结束。请选一个。</translation>
    </message>
    <message>
        <source>None of its alarms is shelved. Nothing needs doing.</source>
        <translation>该案没有搁置的告警，不用处理。</translation>
    </message>
    <message>
        <source>Not noted: this step is a question. Choose one of its answers by its digit.</source>
        <translation>未记录：此步骤是提问。请按数字选一个答案。</translation>
    </message>
    <message>
        <source>Not set: a time of the rule is below 0 or beyond {days} days. Correct the minutes or seconds.</source>
        <translation>未设置：规则的时间小于 0 或超过 {days} 天。请改正分钟数或秒数。</translation>
    </message>
</context>
<context>
    <name>Reminder</name>
    <message>
        <source>Half of the limit has gone</source>
        <translation>时限已过半</translation>
    </message>
    <message>
        <source>Four fifths of the limit have gone</source>
        <translation>时限已过八成</translation>
    </message>
    <message>
        <source>A day is left</source>
        <translation>距到期一天</translation>
    </message>
    <message>
        <source>The limit has run out</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>Yellow card</source>
        <translation>黄牌</translation>
    </message>
    <message>
        <source>Red card</source>
        <translation>红牌</translation>
    </message>
    <message>
        <source>Not signed for in time</source>
        <translation>超时未签收</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>Back 30 s</source>
        <translation>回看30秒</translation>
    </message>
    <message>
        <source>Nothing earlier is kept any more</source>
        <translation>更早的画面已不再保留</translation>
    </message>
    <message>
        <source>Nothing earlier is kept</source>
        <translation>没有更早的画面</translation>
    </message>
</context>
<context>
    <name>ReplaySlider</name>
    <message>
        <source>Looked at again</source>
        <translation>回看</translation>
    </message>
    <message>
        <source>Back at {time}</source>
        <translation>回看 {time}</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>10 s forward</source>
        <translation>前进10秒</translation>
    </message>
    <message>
        <source>10 s back</source>
        <translation>回看10秒</translation>
    </message>
    <message>
        <source>standing still</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>ReportForms</name>
    <message>
        <source>A call, its number ends in {end}. F2 takes it down.</source>
        <translation>来电，尾号 {end}。F2 登记。</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Acceptor</source>
        <translation>受理员</translation>
    </message>
    <message>
        <source>Dispatcher</source>
        <translation>派遣员</translation>
    </message>
    <message>
        <source>Shift leader</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>Handler</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>技术员</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Collector</source>
        <translation>信息采集员</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>专业部门</translation>
    </message>
</context>
<context>
    <name>RuleTable</name>
    <message>
        <source>Rule, what it looks at</source>
        <translation>规则 / 看什么</translation>
    </message>
    <message>
        <source>When, and what alarm</source>
        <translation>条件 / 告警类别和等级</translation>
    </message>
    <message>
        <source>off</source>
        <translation>停用</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Line</source>
        <translation>界限</translation>
    </message>
    <message>
        <source>Lines, as 10/2: figure and severity, mildest first</source>
        <translation>界限，如 10/2：数值和等级，先轻后重</translation>
    </message>
    <message>
        <source>Over once it is back by</source>
        <translation>回落多少算解除</translation>
    </message>
    <message>
        <source>Has to last, minutes</source>
        <translation>须持续（分钟）</translation>
    </message>
    <message>
        <source>Rise; below zero: fall</source>
        <translation>升幅；负数为降幅</translation>
    </message>
    <message>
        <source>Within, minutes</source>
        <translation>时段（分钟）</translation>
    </message>
    <message>
        <source>Within, seconds</source>
        <translation>时段（秒）</translation>
    </message>
    <message>
        <source>From, such as 05:00</source>
        <translation>起，如 05:00</translation>
    </message>
    <message>
        <source>Until, such as 10:00</source>
        <translation>止，如 10:00</translation>
    </message>
    <message>
        <source>Days, 1 is Monday; none: every day</source>
        <translation>星期几，1 为周一；空：每天</translation>
    </message>
    <message>
        <source>Grace, minutes</source>
        <translation>宽限（分钟）</translation>
    </message>
    <message>
        <source>Severity 1 to 4; 0: as its kind</source>
        <translation>等级 1 至 4；0：按类别</translation>
    </message>
    <message>
        <source>Grid code begins with; none: all</source>
        <translation>网格编码开头；空：全镇</translation>
    </message>
    <message>
        <source>Only homes registered as; none: all</source>
        <translation>只看登记为此的住户；空：全部</translation>
    </message>
    <message>
        <source>less than {line} in {time}</source>
        <translation>{time}内不足 {line}</translation>
    </message>
    <message>
        <source>{lines} for {time}</source>
        <translation>{lines}，持续{time}</translation>
    </message>
    <message>
        <source>{rise} in {time}</source>
        <translation>{time}内 {rise}</translation>
    </message>
    <message>
        <source>nothing for {time}</source>
        <translation>{time}无动静</translation>
    </message>
    <message>
        <source>together within {s} s</source>
        <translation>{s} 秒内同时</translation>
    </message>
    <message>
        <source>together within {s} s, and no {no}</source>
        <translation>{s} 秒内同时，且无{no}</translation>
    </message>
    <message>
        <source>not between {since} and {until}</source>
        <translation>{since} 至 {until} 之间没有</translation>
    </message>
    <message>
        <source>by home</source>
        <translation>按住户</translation>
    </message>
    <message>
        <source>by grid</source>
        <translation>按网格</translation>
    </message>
    <message>
        <source>Nothing there is looked at: no device of these kinds hangs there, or no home is registered so.</source>
        <translation>没有可看的：没有这几种设备，或没有这样登记的住户。</translation>
    </message>
    <message>
        <source>In the last {days} days it would not have alarmed.</source>
        <translation>近 {days} 天不会报警。</translation>
    </message>
    <message>
        <source>In the last {days} days it would have alarmed {n} times, {times} of them at one device: {name}.</source>
        <translation>近 {days} 天会报警 {n} 次，其中 {times} 次在同一台设备：{name}。</translation>
    </message>
    <message>
        <source>In the last {days} days it would have alarmed {n} times, {times} of them at one place: {name}.</source>
        <translation>近 {days} 天会报警 {n} 次，其中 {times} 次在同一处：{name}。</translation>
    </message>
    <message>
        <source>{spoken} of {n} looked at have readings, {readings} in all.</source>
        <translation>所看 {n} 处中 {spoken} 处有读数，共 {readings} 条。</translation>
    </message>
    <message>
        <source>At work it has alarmed {n} times.</source>
        <translation>实际报警 {n} 次。</translation>
    </message>
    <message>
        <source>{n} of them would still hold.</source>
        <translation>其中 {n} 次至今未恢复。</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n}小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}分钟</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Go by it</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Another like it</source>
        <translation>照样另建</translation>
    </message>
    <message>
        <source>Open the rule</source>
        <translation>打开规则</translation>
    </message>
    <message>
        <source>The town has not altered this rule.</source>
        <translation>本镇没有改过这条规则。</translation>
    </message>
    <message>
        <source>Not a figure: {field}.</source>
        <translation>填写有误：{field}。</translation>
    </message>
    <message>
        <source>Switched off it says nothing. ⏎ once more does it.</source>
        <translation>停用后不再报警。再按一次 ⏎ 即停用。</translation>
    </message>
    <message>
        <source>The last {days} days are read …</source>
        <translation>正在读取近 {days} 天的读数……</translation>
    </message>
    <message>
        <source>⏎ once more: the town goes by it from now on.</source>
        <translation>再按一次 ⏎：从现在起启用。</translation>
    </message>
    <message>
        <source>The town goes by it now: {rule}</source>
        <translation>已启用：{rule}</translation>
    </message>
    <message>
        <source>Rules over readings</source>
        <translation>读数规则</translation>
    </message>
    <message>
        <source>{n} rules, {off} off · ◆ {own} altered by the town</source>
        <translation>共 {n} 条，停用 {off} 条 · ◆ 本镇改过 {own} 条</translation>
    </message>
    <message>
        <source>As the profile has it: {rule}</source>
        <translation>方案里的：{rule}</translation>
    </message>
    <message>
        <source>The town&apos;s profile has no rule over readings.</source>
        <translation>本镇的方案里没有读数规则。</translation>
    </message>
    <message>
        <source>↑ ↓ field · ⏎ tries it over 30 days, then goes by it · Esc back</source>
        <translation>↑ ↓ 换栏 · ⏎ 先按近 30 天试算，再按一次启用 · Esc 返回</translation>
    </message>
    <message>
        <source>↑ ↓ · ⏎ opens · N another like it, for a grid · Del as the profile has it · Esc back</source>
        <translation>↑ ↓ 选择 · ⏎ 打开 · N 照样另建一条，用于某个网格 · Del 恢复为方案里的 · Esc 返回</translation>
    </message>
    <message>
        <source>{looked} of {n} are read …</source>
        <translation>已读取 {n} 处中的 {looked} 处……</translation>
    </message>
    <message>
        <source>Another seat has set this rule meanwhile; what was typed is gone.</source>
        <translation>别的席位已改了这条规则；这里输入的已不作数，现为新的数值。</translation>
    </message>
</context>
<context>
    <name>ScenesPart</name>
    <message>
        <source>{layout}, {n} filled</source>
        <translation>{layout}，{n} 格有内容</translation>
    </message>
    <message>
        <source>No scene yet. Arrange the pictures, give a number and a name, then save.</source>
        <translation>还没有场景。先摆好画面，写上编号和名称，再保存。</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>调出</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>name, such as Morning</source>
        <translation>名称，如：早班</translation>
    </message>
    <message>
        <source>Number of the scene</source>
        <translation>场景编号</translation>
    </message>
    <message>
        <source>Name of the scene</source>
        <translation>场景名称</translation>
    </message>
    <message>
        <source>Choose a scene first.</source>
        <translation>先选一个场景。</translation>
    </message>
    <message>
        <source>There is no schedule yet. Make one on its page.</source>
        <translation>还没有时间表。请到“时间表”一页做一个。</translation>
    </message>
    <message>
        <source>Give a number from 1 to 99.</source>
        <translation>编号请写 1 到 99。</translation>
    </message>
    <message>
        <source>Give the scene a name.</source>
        <translation>请写上场景名称。</translation>
    </message>
    <message>
        <source>Scene {n} {name} is there already. Press again to overwrite.</source>
        <translation>场景 {n} {name} 已经有了。再按一次就覆盖。</translation>
    </message>
    <message>
        <source>Saved: {n} {name}</source>
        <translation>已保存：{n} {name}</translation>
    </message>
    <message>
        <source>Type the new name first.</source>
        <translation>先写新名称。</translation>
    </message>
    <message>
        <source>Overwrite {n}</source>
        <translation>覆盖 {n}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Until the next turn</source>
        <translation>调出到下次切换</translation>
    </message>
    <message>
        <source>To the schedule</source>
        <translation>回到时间表</translation>
    </message>
    <message>
        <source>{n} walls</source>
        <translation>含 {n} 块大屏</translation>
    </message>
    <message>
        <source>Save what stands here and on open walls, as number and name:</source>
        <translation>把席位和已打开大屏的画面存成场景，编号和名称：</translation>
    </message>
</context>
<context>
    <name>Seat</name>
    <message>
        <source>In charge</source>
        <translation>经办</translation>
    </message>
    <message>
        <source>Change of seat</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>{who} asks for it, {n} s to answer</source>
        <translation>{who} 要求接手，{n} 秒内答复</translation>
    </message>
    <message>
        <source>offered to {who}, not answered yet</source>
        <translation>交给 {who}，对方还没有答复</translation>
    </message>
    <message>
        <source>{seat} {name} asks for {number}, goes there in {n} s</source>
        <translation>{seat} {name} 要求接手 {number}，{n} 秒不答即交出</translation>
    </message>
    <message>
        <source>{seat} {name} wants to hand {number} to you</source>
        <translation>{seat} {name} 把 {number} 交给本席</translation>
    </message>
    <message>
        <source>Ctrl+O hands it over, Ctrl+Shift+O keeps it</source>
        <translation>Ctrl+O 交出，Ctrl+Shift+O 不交</translation>
    </message>
    <message>
        <source>Ctrl+O takes it, Ctrl+Shift+O does not</source>
        <translation>Ctrl+O 接手，Ctrl+Shift+O 不接</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>另有 {n} 件</translation>
    </message>
</context>
<context>
    <name>SendDrops</name>
    <message>
        <source>Send {name} to {number}</source>
        <translation>派遣 {name} → {number}</translation>
    </message>
    <message>
        <source>Nothing done: it moved</source>
        <translation>未执行：位置已变</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Stand still</source>
        <translation>静止</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>发声</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音播报</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Language, looks and sound</source>
        <translation>语言、外观与声音</translation>
    </message>
    <message>
        <source>Let me hear it</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Another size: at the next start, as far as the monitor has room.</source>
        <translation>大小在下次启动时生效，以显示器放得下为限。</translation>
    </message>
    <message>
        <source>This machine has no voice: lookout doctor says what to do.</source>
        <translation>本机没有语音：运行 lookout doctor 看该怎么办。</translation>
    </message>
    <message>
        <source>↑ ↓ line · ← → choose · Esc back</source>
        <translation>↑ ↓ 换行 · ← → 选择 · Esc 返回</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件解码</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Roles: until this desk is closed; nobody checks them.</source>
        <translation>角色：到关闭本席为止；没有人核对。</translation>
    </message>
    <message>
        <source>No sound comes out of this machine: lookout doctor says why.</source>
        <translation>本机没有声音输出，原因见 lookout doctor。</translation>
    </message>
    <message>
        <source>Danger to life</source>
        <translation>只响一级告警</translation>
    </message>
</context>
<context>
    <name>Severity</name>
    <message>
        <source>Danger to life</source>
        <translation>危及生命</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Routine</source>
        <translation>常规</translation>
    </message>
</context>
<context>
    <name>SheetMaker</name>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Demo data</source>
        <translation>演示数据</translation>
    </message>
    <message>
        <source>Made by {who} at {when}; the case may have gone on since.</source>
        <translation>{who} 于 {when} 制；此后案件可能又有变化。</translation>
    </message>
    <message>
        <source>{town} case sheet {number}</source>
        <translation>{town} 案件办理单 {number}</translation>
    </message>
    <message>
        <source>Handled by</source>
        <translation>处置人</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>处置结果</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Hazards</source>
        <translation>危险</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>上报时间</translation>
    </message>
    <message>
        <source>Reporter</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>责任部门</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>经办席位</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待批</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Its number there</source>
        <translation>对方编号</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>处置结果</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Keep as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>On its way to the printer …</source>
        <translation>正在送往打印机…</translation>
    </message>
    <message>
        <source>Not kept: {folder} takes no file ({why}).</source>
        <translation>未保存：{folder} 不能写入（{why}）。</translation>
    </message>
    <message>
        <source>Sheet kept as PDF</source>
        <translation>案件单存为 PDF</translation>
    </message>
    <message>
        <source>Kept: {path}</source>
        <translation>已存：{path}</translation>
    </message>
    <message>
        <source>Print the case</source>
        <translation>打印案件单</translation>
    </message>
    <message>
        <source>No case is open. ⏎ in a lane opens one.</source>
        <translation>没有打开的案件。在队列里按 ⏎ 打开。</translation>
    </message>
    <message>
        <source>No printer is set up here (lp): S keeps it as PDF, to be printed.</source>
        <translation>本机没有打印命令（lp）：按 S 存为 PDF 再打印。</translation>
    </message>
    <message>
        <source>⏎ prints · S keeps it as PDF · ↑ ↓ · Esc back</source>
        <translation>⏎ 打印 · S 存为 PDF · ↑ ↓ 翻看 · Esc 返回</translation>
    </message>
    <message>
        <source>Sheet printed</source>
        <translation>案件单已打印</translation>
    </message>
    <message>
        <source>The printer has it.</source>
        <translation>已送打印机。</translation>
    </message>
    <message>
        <source>{command} ended with {code}.</source>
        <translation>{command} 返回 {code}。</translation>
    </message>
    <message>
        <source>Not printed: {why} S keeps it as PDF.</source>
        <translation>未打印：{why} 按 S 可存为 PDF。</translation>
    </message>
    <message>
        <source>{command} does not start.</source>
        <translation>{command} 无法启动。</translation>
    </message>
    <message>
        <source>The sheet is being made …</source>
        <translation>正在排版…</translation>
    </message>
    <message>
        <source>The sheet could not be made. Esc, then Ctrl+P tries again.</source>
        <translation>单据没有排成。按 Esc 返回后，按 Ctrl+P 重试。</translation>
    </message>
    <message>
        <source>Page {n} of {all} is being made … Esc stops it.</source>
        <translation>正在排第 {n} 页，共 {all} 页… 按 Esc 停止。</translation>
    </message>
    <message>
        <source>The sheet is being made; once it stands here, again.</source>
        <translation>单据还在排版，显示出来后再按一次。</translation>
    </message>
</context>
<context>
    <name>Sieve</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>to decide</source>
        <translation>待批</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>已搁置</translation>
    </message>
</context>
<context>
    <name>Speech</name>
    <message>
        <source>Danger to life. {place}. {kind}.</source>
        <extracomment>Read aloud by a voice: no signs in it but stops.</extracomment>
        <translation>一级告警，{place}，{kind}</translation>
    </message>
    <message>
        <source>Danger to life. {place}. {kind}. {count} in all.</source>
        <extracomment>Read aloud: {count} alarms, of which this is the newest.</extracomment>
        <translation>一级告警，{place}，{kind}，等{count}起</translation>
    </message>
    <message>
        <source>Danger to life. This is only to try it.</source>
        <translation>一级告警，这是试听</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>演练</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>accepting</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>filing</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>contacting</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>arriving</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>handling</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>calling back</source>
        <translation>回访</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Starting the service</source>
        <translation>正在启动服务</translation>
    </message>
    <message>
        <source>Reading the town</source>
        <translation>正在读取辖区数据</translation>
    </message>
    <message>
        <source>Drawing the demonstration cameras (first start only)</source>
        <translation>正在绘制演示摄像机画面（仅首次启动）</translation>
    </message>
    <message>
        <source>Connecting the field devices</source>
        <translation>正在连接现场设备</translation>
    </message>
    <message>
        <source>Opening the desk</source>
        <translation>正在打开席位</translation>
    </message>
    <message>
        <source>The demonstration cameras cannot play: {detail}</source>
        <translation>演示摄像机无法播放：{detail}</translation>
    </message>
    <message>
        <source>The service did not start. Its log: {detail}</source>
        <translation>服务没有启动。日志在：{detail}</translation>
    </message>
    <message>
        <source>The desk could not be opened ({kind}). Please try again; the log has the details.</source>
        <translation>桌面打不开（{kind}）。请重试；详情见日志。</translation>
    </message>
    <message>
        <source>The sealed log-ins of the cameras cannot be opened. Put the missing file back from a backup, or ask your technician. {detail}</source>
        <translation>摄像机的登录信息打不开。请从备份中恢复缺失的文件，或联系技术人员。{detail}</translation>
    </message>
    <message>
        <source>The service says that this is the station of {detail}.</source>
        <translation>服务认定本机是{detail}的站点。</translation>
    </message>
    <message>
        <source>The store cannot be used. Check that the disk has room and that the database server runs. {detail}</source>
        <translation>数据库无法使用。请检查磁盘空间是否充足、数据库服务器是否在运行。{detail}</translation>
    </message>
    <message>
        <source>The service could not start: {detail}</source>
        <translation>服务无法启动：{detail}</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Cancel start (Esc)</source>
        <translation>取消启动（Esc）</translation>
    </message>
    <message>
        <source>Waiting for the service at {address}. Either it does not run or cannot be reached there, or its key is another one (lookout desk card, on its machine), or this desk is not let in yet (lookout desk list, on its machine). This desk&apos;s fingerprint: {mark}</source>
        <translation>正在等待服务 {address}。可能是：服务未运行或连不上；服务公钥不对（在服务所在机器运行 lookout desk card 核对）；本席尚未放行（在服务所在机器运行 lookout desk list）。本席指纹：{mark}</translation>
    </message>
    <message>
        <source>The service let this machine in as a desk, &quot;{detail}&quot;, not as a station. There: lookout desk revoke --name {detail}, then lookout desk enrol with --department.</source>
        <translation>服务把本机准入为席位“{detail}”，不是站点。请在服务所在机器先 lookout desk revoke --name {detail}，再 lookout desk enrol 加 --department 部门。</translation>
    </message>
    <message>
        <source>Nobody answers at {address}; it is tried again by itself. On its machine the service must run with --desks 0.0.0.0:{port}, and the firewall let the port through. Is the address right?</source>
        <translation>{address} 无应答，正在自动重试。请确认地址无误，那台机器上的服务已用 --desks 0.0.0.0:{port} 启动，防火墙已放行该端口。</translation>
    </message>
    <message>
        <source>What answers at {address} has not the key that this desk was given. Write its card anew, on its machine: lookout desk card FILE. Then start this desk with --connect --server-key FILE.</source>
        <translation>{address} 有应答，但公钥与本席收到的不符。请在服务所在机器运行 lookout desk card 文件，重新写出，再用 --connect --server-key 文件 启动本席。</translation>
    </message>
    <message>
        <source>{address} takes the connection and says nothing, as the service does to a desk that is not let in yet. On its machine: lookout desk enrol --name SEAT --knocking {mark}. Then it opens by itself. If this desk is let in, the service hangs, or another program has this port.</source>
        <translation>{address} 接受了连接但不应答，服务对尚未放行的席位就是这样。请在服务所在机器运行：lookout desk enrol --name 席位名 --knocking {mark}。放行后自动打开。如果已经放行，就是服务停住了，或者别的程序占用了这个端口。</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>To accept</source>
        <translation>待受理</translation>
    </message>
    <message>
        <source>To file</source>
        <translation>待立案</translation>
    </message>
    <message>
        <source>To send</source>
        <translation>待派遣</translation>
    </message>
    <message>
        <source>Not yet signed</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>处置中</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>已出动</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核查</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>核查中</translation>
    </message>
    <message>
        <source>To close</source>
        <translation>待结案</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结案</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>核实中</translation>
    </message>
    <message>
        <source>Handed back, to send</source>
        <translation>回退待重派</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>挂账中</translation>
    </message>
    <message>
        <source>Closed by force</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Not filed</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>Joined to another</source>
        <translation>并入主案</translation>
    </message>
</context>
<context>
    <name>StationHome</name>
    <message>
        <source>Station of {whose}</source>
        <translation>{whose}站点</translation>
    </message>
    <message>
        <source>Waiting for the service.</source>
        <translation>正在等待服务。</translation>
    </message>
    <message>
        <source>No case is with this station. What the command room sends to {whose} appears at the left by itself.</source>
        <translation>目前没有本站的案件。指挥室派到{whose}的案件会自动出现在左边。</translation>
    </message>
    <message>
        <source>Choose a case: ↑ ↓, ⏎ opens it. Then:</source>
        <translation>先选案件：↑ ↓ 选，⏎ 打开。然后：</translation>
    </message>
</context>
<context>
    <name>StationList</name>
    <message>
        <source>{n} due today</source>
        <translation>今天到期 {n} 件</translation>
    </message>
    <message>
        <source>{n} overdue</source>
        <translation>超期 {n} 件</translation>
    </message>
    <message>
        <source>To sign for</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Nothing is to be signed for.</source>
        <translation>没有待签收的案件。</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>Nothing is in hand. What the command room sends appears here.</source>
        <translation>没有在办的案件。签收后的案件列在这里。</translation>
    </message>
    <message>
        <source>Reported done</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Nothing waits to be checked.</source>
        <translation>没有等待核查的案件。</translation>
    </message>
</context>
<context>
    <name>StepView</name>
    <message>
        <source>Waiting for {name} to sign</source>
        <translation>等待 {name} 签收</translation>
    </message>
    <message>
        <source>Waiting for {name} to leave</source>
        <translation>等待 {name} 出动</translation>
    </message>
    <message>
        <source>{name} is under way</source>
        <translation>{name} 已出动</translation>
    </message>
    <message>
        <source>{name} is on scene</source>
        <translation>{name} 已到场</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>等待服务</translation>
    </message>
</context>
<context>
    <name>StepsView</name>
    <message>
        <source>Close {number}: how did it end?</source>
        <translation>{number} 结案：结果是？</translation>
    </message>
    <message>
        <source>Skipped: {steps}</source>
        <translation>已跳过：{steps}</translation>
    </message>
    <message>
        <source>Steps {done}/{all}</source>
        <translation>步骤 {done}/{all}</translation>
    </message>
    <message>
        <source>Step done</source>
        <translation>完成这一步</translation>
    </message>
    <message>
        <source>Not done yet</source>
        <translation>取消打勾</translation>
    </message>
    <message>
        <source>Skip it, say why</source>
        <translation>跳过，写原因</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必做</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>可选</translation>
    </message>
    <message>
        <source>skipped {said}</source>
        <translation>{said} 跳过</translation>
    </message>
    <message>
        <source>{outcome}, condition met</source>
        <translation>{outcome}，结案条件已满足</translation>
    </message>
    <message>
        <source>&quot;Handled&quot; only if: &quot;{condition}&quot;</source>
        <translation>选“已处置”即结案条件已满足：{condition}</translation>
    </message>
    <message>
        <source>Skip &quot;{step}&quot;: why?</source>
        <translation>跳过“{step}”：原因？</translation>
    </message>
    <message>
        <source>Void {number} for good: why?</source>
        <translation>{number} 作废，不能恢复：原因是？</translation>
    </message>
</context>
<context>
    <name>ThirdQuestion</name>
    <message>
        <source>Bring in {who}</source>
        <translation>接入 {who}</translation>
    </message>
    <message>
        <source>{who} is on the line</source>
        <translation>{who} 已接通</translation>
    </message>
    <message>
        <source>{who} did not come</source>
        <translation>{who} 未接通</translation>
    </message>
    <message>
        <source>Whom to bring into the call?</source>
        <translation>把谁接入通话？</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>What the tile shows</source>
        <translation>显示什么</translation>
    </message>
    <message>
        <source>This case, also when it is put away</source>
        <translation>这个案件，收起后也留着</translation>
    </message>
    <message>
        <source>Notice …</source>
        <translation>通知 …</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>What the room shall read, then Enter</source>
        <translation>写给全室看的话，按 Enter 显示</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>Ended within 12 h</source>
        <translation>12 小时内结案</translation>
    </message>
    <message>
        <source>Cameras without a picture</source>
        <translation>无画面的摄像机</translation>
    </message>
    <message>
        <source>Silent devices</source>
        <translation>设备失联</translation>
    </message>
    <message>
        <source>Wrong views</source>
        <translation>画面不符</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>打开的案件</translation>
    </message>
    <message>
        <source>Case #{n}</source>
        <translation>案件 #{n}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Handled by</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>No case is open.</source>
        <translation>没有打开的案件。</translation>
    </message>
    <message>
        <source>This case is no longer kept here.</source>
        <translation>这个案件已不在这里。</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>另有 {n} 件</translation>
    </message>
    <message>
        <source>Nothing has a deadline running.</source>
        <translation>没有在计时的案件。</translation>
    </message>
    <message>
        <source>Map of the town</source>
        <translation>全镇地图</translation>
    </message>
    <message>
        <source>Join with the tile to the right</source>
        <translation>与右边一格合并</translation>
    </message>
    <message>
        <source>Join with the tile below</source>
        <translation>与下边一格合并</translation>
    </message>
    <message>
        <source>Split this tile</source>
        <translation>拆分这一格</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>撤销上一次改动</translation>
    </message>
    <message>
        <source>Cases may take this tile</source>
        <translation>案件可占用这一格</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>{n} s</source>
        <translation>{n}秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}分</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h}时</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h}时{m}分</translation>
    </message>
    <message>
        <source>{d} d</source>
        <translation>{d}天</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d}天{h}时</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m}分{s}秒</translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation>{span}前</translation>
    </message>
    <message>
        <source>overdue {span}</source>
        <translation>超期 {span}</translation>
    </message>
    <message>
        <source>{span} left</source>
        <translation>剩 {span}</translation>
    </message>
</context>
<context>
    <name>TimesPart</name>
    <message>
        <source>no such scene</source>
        <translation>没有这个场景</translation>
    </message>
    <message>
        <source>No schedule: a scene stands until another one is called. Choose days, a time and a scene, then add the row.</source>
        <translation>没有时间表：场景一直保持，直到调出另一个。选好日子、时间和场景，再加一行。</translation>
    </message>
    <message>
        <source>No schedule, no scene yet. Save a scene first.</source>
        <translation>还没有时间表，也没有场景。请先保存一个场景。</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Time of day, such as 08:00</source>
        <translation>时间，如 08:00</translation>
    </message>
    <message>
        <source>Add row</source>
        <translation>加一行</translation>
    </message>
    <message>
        <source>Put in its place</source>
        <translation>替换选中行</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Mo</source>
        <translation>一</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>二</translation>
    </message>
    <message>
        <source>We</source>
        <translation>三</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>四</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>五</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>六</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>日</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Mo to Fr</source>
        <translation>周一至周五</translation>
    </message>
    <message>
        <source>Sa and Su</source>
        <translation>周六、日</translation>
    </message>
    <message>
        <source>There is no scene yet. Save one first.</source>
        <translation>还没有场景。请先保存一个。</translation>
    </message>
    <message>
        <source>Choose at least one day.</source>
        <translation>请至少选一天。</translation>
    </message>
    <message>
        <source>Give a time of day from 00:00 to 23:59.</source>
        <translation>时间请写 00:00 到 23:59。</translation>
    </message>
    <message>
        <source>Choose a row first.</source>
        <translation>先选一行。</translation>
    </message>
    <message>
        <source>Another row has this time on one of these days. Change it.</source>
        <translation>同一天的这个时间已有另一行。请改时间或日子。</translation>
    </message>
    <message>
        <source>From then on, until the next row (the town&apos;s time):</source>
        <translation>从这时起，到下一行为止（本镇时间）：</translation>
    </message>
    <message>
        <source>Hol</source>
        <translation>节假日</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Video net</source>
        <translation>视频专网</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>无声音</translation>
    </message>
    <message>
        <source>Silent {span}</source>
        <translation>消音 {span}</translation>
    </message>
    <message>
        <source>Life only</source>
        <translation>只响一级</translation>
    </message>
    <message>
        <source>Lookout</source>
        <translation>瞭望</translation>
    </message>
    <message>
        <source>Demo data</source>
        <translation>演示数据</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未认证</translation>
    </message>
    <message>
        <source>Alarms {n}/10 min</source>
        <translation>告警 {n}/10分</translation>
    </message>
    <message>
        <source>Visitor mode · {key} ends it</source>
        <translation>参观模式 · {key} 结束</translation>
    </message>
    <message>
        <source>Visitor mode</source>
        <translation>参观模式</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>This tour was taken away.</source>
        <translation>这个轮巡已删除。</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>已停留</translation>
    </message>
    <message>
        <source>Next {camera}</source>
        <translation>下一路 {camera}</translation>
    </message>
    <message>
        <source>No signal {cameras}</source>
        <translation>无信号 {cameras}</translation>
    </message>
    <message>
        <source>Hold this camera</source>
        <translation>停留在这一路</translation>
    </message>
    <message>
        <source>Let the tour go on</source>
        <translation>轮巡继续</translation>
    </message>
    <message>
        <source>Next camera of the tour</source>
        <translation>轮巡的下一路</translation>
    </message>
    <message>
        <source>Camera before it</source>
        <translation>轮巡的上一路</translation>
    </message>
</context>
<context>
    <name>ToursPart</name>
    <message>
        <source>{n} cameras, {seconds} s round</source>
        <translation>{n} 路，一轮 {seconds} 秒</translation>
    </message>
    <message>
        <source>No tour yet. Type a name below and press Enter: it takes the cameras on the wall. Or add cameras by number.</source>
        <translation>还没有轮巡。在下面写名称，按 Enter：就用画面墙上的摄像机。也可以按编号逐个加。</translation>
    </message>
    <message>
        <source>No camera yet. Add one by number or name below.</source>
        <translation>还没有摄像机。在下面按编号或名称加。</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一路</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一路</translation>
    </message>
    <message>
        <source>New tour</source>
        <translation>新建轮巡</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>name, such as North</source>
        <translation>名称，如：北片</translation>
    </message>
    <message>
        <source>Name of the tour</source>
        <translation>轮巡名称</translation>
    </message>
    <message>
        <source>add a camera: number or name</source>
        <translation>加摄像机：编号或名称</translation>
    </message>
    <message>
        <source>No camera is called so. Try its number.</source>
        <translation>没有叫这个名字的摄像机。请试编号。</translation>
    </message>
    <message>
        <source>Run in tile {n}</source>
        <translation>放到 {n} 号格</translation>
    </message>
    <message>
        <source>Give the tour a name.</source>
        <translation>请写上轮巡名称。</translation>
    </message>
    <message>
        <source>No camera stands on the wall. Call some up first.</source>
        <translation>画面墙上没有摄像机。请先调阅几路。</translation>
    </message>
    <message>
        <source>Made: {name}, {n} cameras</source>
        <translation>已建：{name}，{n} 路</translation>
    </message>
    <message>
        <source>Choose a tour first.</source>
        <translation>先选一个轮巡。</translation>
    </message>
    <message>
        <source>Type the new name first.</source>
        <translation>先写新名称。</translation>
    </message>
    <message>
        <source>This tour does not run. Run it in a tile first.</source>
        <translation>这个轮巡没有在放。请先放到一格里。</translation>
    </message>
    <message>
        <source>A tour needs one camera. Take the whole tour away instead.</source>
        <translation>轮巡至少要有一路。要去掉就删除整个轮巡。</translation>
    </message>
    <message>
        <source>Tour {key}</source>
        <translation>轮巡 {key}</translation>
    </message>
    <message>
        <source>A tour has {n} cameras at most. Make a second one.</source>
        <translation>一个轮巡最多 {n} 路。请再建一个。</translation>
    </message>
    <message>
        <source>no such camera</source>
        <translation>没有这台摄像机</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Its cameras:  + −  longer, shorter  ·  Del takes one out</source>
        <translation>各路停留：+ − 加长、缩短 · Del 去掉一路</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>已停留</translation>
    </message>
</context>
<context>
    <name>Unit</name>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Not yet signed</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>已出动</translation>
    </message>
    <message>
        <source>On scene</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>Off duty</source>
        <translation>离岗</translation>
    </message>
</context>
<context>
    <name>UnitKind</name>
    <message>
        <source>Staff</source>
        <translation>网格员等</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>公安</translation>
    </message>
    <message>
        <source>Fire post</source>
        <translation>消防</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Volunteer</source>
        <translation>志愿者</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>no picture</source>
        <translation>没有画面</translation>
    </message>
    <message>
        <source>somebody says: wrong view</source>
        <translation>有人标了画面不符</translation>
    </message>
    <message>
        <source>nobody knows where it is or looks</source>
        <translation>位置或朝向不明</translation>
    </message>
    <message>
        <source>a building stands between</source>
        <translation>有建筑遮挡</translation>
    </message>
    <message>
        <source>looks elsewhere</source>
        <translation>朝向别处</translation>
    </message>
    <message>
        <source>too far</source>
        <translation>太远</translation>
    </message>
    <message>
        <source>preset {preset} looks here</source>
        <translation>预置位 {preset} 朝向此处</translation>
    </message>
    <message>
        <source>looks here</source>
        <translation>朝向此处</translation>
    </message>
    <message>
        <source>sees all round</source>
        <translation>四周都看得到</translation>
    </message>
    <message>
        <source>at the edge of its picture</source>
        <translation>在画面边缘</translation>
    </message>
    <message>
        <source>so near that it looks over it</source>
        <translation>太近，从上方看过去</translation>
    </message>
    <message>
        <source>on a vehicle</source>
        <translation>车载</translation>
    </message>
    <message>
        <source>place never looked at on site</source>
        <translation>位置从未现场看过</translation>
    </message>
    <message>
        <source>place last looked at long ago</source>
        <translation>位置久未现场看过</translation>
    </message>
    <message>
        <source>shows at once</source>
        <translation>调阅即有画面</translation>
    </message>
    <message>
        <source>takes a moment to open</source>
        <translation>调阅要等片刻</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>0 and a number: a scene</source>
        <translation>0 加编号：场景</translation>
    </message>
    <message>
        <source>Scene {n} {name}</source>
        <translation>场景 {n} {name}</translation>
    </message>
    <message>
        <source>No scene {n} yet: Ctrl+W saves one</source>
        <translation>还没有场景 {n}：按 Ctrl+W 保存一个</translation>
    </message>
    <message>
        <source>Back to the wall&apos;s schedule</source>
        <translation>画面墙回到时间表</translation>
    </message>
    <message>
        <source>No schedule yet: Ctrl+W makes one</source>
        <translation>还没有时间表：按 Ctrl+W 做一个</translation>
    </message>
    <message>
        <source>By the schedule: {scene}</source>
        <translation>按时间表：{scene}</translation>
    </message>
    <message>
        <source>Tour {name}</source>
        <translation>轮巡 {name}</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Scenes, tours, schedule …</source>
        <translation>场景、轮巡、时间表 …</translation>
    </message>
</context>
<context>
    <name>WallCases</name>
    <message>
        <source>The wall stays with {number}; F12 shows this case there</source>
        <translation>大屏仍显示 {number}；按 F12 改显示本案件</translation>
    </message>
    <message>
        <source>The wall shows this case; {number} comes back after it</source>
        <translation>大屏改显示本案件，结束后恢复 {number}</translation>
    </message>
    <message>
        <source>The wall shows {number} now</source>
        <translation>大屏现在显示 {number}</translation>
    </message>
</context>
<context>
    <name>WallCheckPage</name>
    <message>
        <source>Desk, tile {n}</source>
        <translation>本席 {n} 号格</translation>
    </message>
    <message>
        <source>Wall, tile {n}</source>
        <translation>大屏 {n} 号格</translation>
    </message>
    <message>
        <source>nothing else shows this place</source>
        <translation>没有别的画面能看到此处</translation>
    </message>
    <message>
        <source>Enter: {name}, same place</source>
        <translation>回车换成 {name}，同一地点</translation>
    </message>
    <message>
        <source>Enter: {name}, as before</source>
        <translation>回车换回 {name}，之前的画面</translation>
    </message>
    <message>
        <source>walk from tile to tile</source>
        <translation>逐格选择</translation>
    </message>
    <message>
        <source>back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Wall check: {fine} of {n} tiles fine</source>
        <translation>大屏检查：{n} 格中 {fine} 格正常</translation>
    </message>
    <message>
        <source>Wall check: nothing stands in any tile</source>
        <translation>大屏检查：所有格子都是空的</translation>
    </message>
    <message>
        <source>Wall check: all {n} tiles fine</source>
        <translation>大屏检查：{n} 格全部正常</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>This tour was taken away</source>
        <translation>这个轮巡已删除</translation>
    </message>
    <message>
        <source>not shown: its monitor is not plugged in</source>
        <translation>未显示：显示器没有插上</translation>
    </message>
    <message>
        <source>not shown: the pictures are not on the screen</source>
        <translation>未显示：画面区不在屏幕上</translation>
    </message>
    <message>
        <source>held back from visitors</source>
        <translation>参观时暂不显示</translation>
    </message>
    <message>
        <source>sealed: no wall shows it</source>
        <translation>密件，大屏不显示</translation>
    </message>
    <message>
        <source>there is no such camera</source>
        <translation>没有这台摄像机</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>not ready: {why}</source>
        <translation>未就绪：{why}</translation>
    </message>
    <message>
        <source>open its case, Ctrl+Shift+S shows it</source>
        <translation>打开该案件按 Ctrl+Shift+S 放行</translation>
    </message>
    <message>
        <source>Tour {name}</source>
        <translation>轮巡 {name}</translation>
    </message>
    <message>
        <source>{ready} of {n} ready</source>
        <translation>{n} 路中 {ready} 路就绪</translation>
    </message>
    <message>
        <source>↑ {n} more</source>
        <translation>↑ 上面还有 {n} 行</translation>
    </message>
    <message>
        <source>{n} more ↓</source>
        <translation>还有 {n} 行 ↓</translation>
    </message>
    <message>
        <source>look at the camera here</source>
        <translation>调到席位看</translation>
    </message>
    <message>
        <source>tours {ready}/{n} ready</source>
        <translation>轮巡就绪 {ready}/{n}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time} 起</translation>
    </message>
    <message>
        <source>{n} still to be tried</source>
        <translation>还有{n}路要试</translation>
    </message>
    <message>
        <source>being tried</source>
        <translation>正在试</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>尚未试</translation>
    </message>
    <message>
        <source>no picture within {n} s</source>
        <translation>{n}秒内没有画面</translation>
    </message>
    <message>
        <source>put in the replacement, else look</source>
        <translation>换上备用画面；没有备用的，调到席位看</translation>
    </message>
</context>
<context>
    <name>WallPage</name>
    <message>
        <source>Wall of pictures</source>
        <translation>画面墙</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>轮巡</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>时间表</translation>
    </message>
    <message>
        <source>No scene stands: the tiles are as they were left.</source>
        <translation>现在没有场景：画面是上次摆的样子。</translation>
    </message>
    <message>
        <source>Now {scene}, by the schedule.</source>
        <translation>现在是 {scene}，按时间表。</translation>
    </message>
    <message>
        <source>Now {scene}, called by hand until the next turn.</source>
        <translation>现在是 {scene}，手工选定，到下次切换为止。</translation>
    </message>
    <message>
        <source>Now {scene}, called by hand. Ctrl+0: the schedule.</source>
        <translation>现在是 {scene}，手工选定。Ctrl+0 回到时间表。</translation>
    </message>
    <message>
        <source>{scene} comes when the open case is put away.</source>
        <translation>收起打开的案件后换成 {scene}。</translation>
    </message>
    <message>
        <source>Next {at}: {scene}.</source>
        <translation>下一个 {at}：{scene}。</translation>
    </message>
    <message>
        <source>The schedule would have at {at}: {scene}.</source>
        <translation>按时间表本应在 {at} 换成 {scene}。</translation>
    </message>
    <message>
        <source>What was arranged before cannot be read; it is kept as {file}. Tell the technician.</source>
        <translation>以前保存的读不出来，原文件留作 {file}。请告诉技术员。</translation>
    </message>
    <message>
        <source>The last change is not on the disk. Make room there, then change anything.</source>
        <translation>最后一次改动没有存上盘。请腾出磁盘空间，再改动一次。</translation>
    </message>
    <message>
        <source>Take back: scene {name} taken away</source>
        <translation>撤销：删除场景 {name}</translation>
    </message>
    <message>
        <source>Take back: tour {name} changed</source>
        <translation>撤销：改动轮巡 {name}</translation>
    </message>
    <message>
        <source>Take back: tour {name} taken away</source>
        <translation>撤销：删除轮巡 {name}</translation>
    </message>
    <message>
        <source>Take back: schedule changed</source>
        <translation>撤销：改动时间表</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Ctrl+1…9 scene · 0 and number ⏎</source>
        <translation>Ctrl+1…9 场景 · 0 加编号 ⏎</translation>
    </message>
    <message>
        <source>Ctrl+0 schedule</source>
        <translation>Ctrl+0 时间表</translation>
    </message>
    <message>
        <source>Ctrl+PgUp PgDn section · Ctrl+Z undo · Esc back</source>
        <translation>Ctrl+PgUp PgDn 换栏 · Ctrl+Z 撤销 · Esc 返回</translation>
    </message>
    <message>
        <source>Now {scene}, called by hand.</source>
        <translation>现在是 {scene}，手工选定。</translation>
    </message>
    <message>
        <source>{scene} was put up; since then the tiles were changed by hand. Call it again to have it back.</source>
        <translation>调出过 {scene}，之后手工改过画面。再调一次即还原。</translation>
    </message>
    <message>
        <source>Take back: scene {name} made</source>
        <translation>撤销：新建场景 {name}</translation>
    </message>
    <message>
        <source>Take back: scene {name} overwritten</source>
        <translation>撤销：覆盖场景 {name}</translation>
    </message>
    <message>
        <source>Take back: scene {name} renamed</source>
        <translation>撤销：场景 {name} 改名</translation>
    </message>
    <message>
        <source>Take back: tour {name} made</source>
        <translation>撤销：新建轮巡 {name}</translation>
    </message>
    <message>
        <source>Take back: row of the schedule added</source>
        <translation>撤销：时间表新增一行</translation>
    </message>
    <message>
        <source>Take back: row of the schedule taken away</source>
        <translation>撤销：时间表删去一行</translation>
    </message>
</context>
<context>
    <name>WallWindow</name>
    <message>
        <source>Held back</source>
        <translation>暂不显示</translation>
    </message>
    <message>
        <source>Visitor mode</source>
        <translation>参观模式</translation>
    </message>
    <message>
        <source>F12 at the desk brings pictures here</source>
        <translation>在席位按 F12 上墙</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>密件</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>大屏</translation>
    </message>
</context>
<context>
    <name>Walls</name>
    <message>
        <source>Visitor mode: walls show no persons, addresses or P1 scenes</source>
        <translation>参观模式已开：大屏不显示人员、门牌和一级现场</translation>
    </message>
    <message>
        <source>Visitor mode is off: walls show everything again</source>
        <translation>参观模式已关：大屏恢复全部显示</translation>
    </message>
    <message>
        <source>Its pictures were released to the walls in visitor mode</source>
        <translation>参观模式下已放行现场画面上墙</translation>
    </message>
    <message>
        <source>The wall is closed; what stood on it is kept</source>
        <translation>大屏已关闭，内容保留</translation>
    </message>
    <message>
        <source>The wall is open on {name}</source>
        <translation>大屏已在 {name} 打开</translation>
    </message>
    <message>
        <source>The wall is open in a window behind this one</source>
        <translation>大屏已打开，在本窗口后面的窗口里</translation>
    </message>
    <message>
        <source>On the wall, tile {n}</source>
        <translation>已上墙：{n} 号格</translation>
    </message>
    <message>
        <source>Wall, tile {n}: next {camera}</source>
        <translation>大屏第 {n} 格：下一路 {camera}</translation>
    </message>
    <message>
        <source>Wall, tile {n}: the tour goes on</source>
        <translation>大屏第 {n} 格：轮巡继续</translation>
    </message>
    <message>
        <source>Wall, tile {n}: the tour is held at {camera}</source>
        <translation>大屏第 {n} 格：轮巡停留在 {camera}</translation>
    </message>
    <message>
        <source>Wall monitor {name} is gone; its wall comes back with it</source>
        <translation>大屏显示器 {name} 已断开，接回后原样恢复</translation>
    </message>
    <message>
        <source>Wall monitor {name} is back, with everything on it</source>
        <translation>大屏显示器 {name} 已接回，画面原样恢复</translation>
    </message>
</context>
<context>
    <name>WallsPage</name>
    <message>
        <source>No wall. O opens one here.</source>
        <translation>没有大屏。按 O 在此打开。</translation>
    </message>
    <message>
        <source>Wall: tiles {first} to {last}</source>
        <translation>大屏：{first} 到 {last} 号格</translation>
    </message>
    <message>
        <source>Not plugged in; it comes back with everything on it</source>
        <translation>未接入，接回后原样恢复</translation>
    </message>
    <message>
        <source>F12 sends to tile {n}</source>
        <translation>F12 将上墙到 {n} 号格</translation>
    </message>
    <message>
        <source>a case takes {tiles}</source>
        <translation>案件占用 {tiles} 号格</translation>
    </message>
    <message>
        <source>read from {n} m</source>
        <translation>观看距离 {n} 米</translation>
    </message>
    <message>
        <source>Walls</source>
        <translation>大屏</translation>
    </message>
    <message>
        <source>Walls: tile {n}</source>
        <translation>大屏：{n} 号格</translation>
    </message>
    <message>
        <source>open a wall here · close it</source>
        <translation>在此打开大屏 · 关闭</translation>
    </message>
    <message>
        <source>next layout</source>
        <translation>下一种布局</translation>
    </message>
    <message>
        <source>an urgent case takes the chosen tile · not</source>
        <translation>紧急案件占用选中格 · 取消</translation>
    </message>
    <message>
        <source>read from nearer · from farther</source>
        <translation>观看距离近些 · 远些</translation>
    </message>
    <message>
        <source>nothing in the chosen tile</source>
        <translation>清空选中格</translation>
    </message>
    <message>
        <source>what stood in it before</source>
        <translation>恢复格中之前的画面</translation>
    </message>
    <message>
        <source>back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>map, list, figures, notice in the chosen tile</source>
        <translation>选中的画面格显示地图、列表、本班、通知</translation>
    </message>
    <message>
        <source>choose the tile of this number; F12 sends</source>
        <translation>选定这个号码的格，再按 F12 上墙</translation>
    </message>
    <message>
        <source>choose this monitor&apos;s wall</source>
        <translation>选定这台显示器的大屏，没有就打开</translation>
    </message>
    <message>
        <source>its tour: camera before · next</source>
        <translation>那一格的轮巡：上一路 · 下一路</translation>
    </message>
    <message>
        <source>its tour: hold · go on</source>
        <translation>那一格的轮巡：停留 · 继续</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>en</source>
        <extracomment>Translate as &quot;zh&quot; in Chinese; it chooses between names kept in both languages.</extracomment>
        <translation>zh</translation>
    </message>
</context>
</TS>
