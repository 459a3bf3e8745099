"""The figures of the house, in the order in which they are shown. Every one has a page that says this."""

from typing import Final

from driftbox.domain.figures.definition import NONE, Figure
from driftbox.domain.text import Text

CASES, HOURS, TIMES = Text(zh="件", en="cases"), Text(zh="小时", en="hours"), Text(zh="次", en="times")
MINUTES, RIDES, TRIPS = Text(zh="分钟", en="minutes"), Text(zh="趟船", en="boat rides"), Text(zh="趟", en="trips")
PARCELS = Text(zh="袋", en="bags")
BY_CLOSING: Final = Text(zh="算在办完的那个月", en="In the month in which the case was closed")
BY_EVENT: Final = Text(zh="算在发生的那个月", en="In the month in which it happened")
NOT_DONE: Final = Text(
    zh="撤回的、没有收的、告诉了该找谁的、还在办的都不算；保密的不算",
    en="Cases withdrawn, declined, shown another door or still open are left out, and so are confidential ones",
)
SECRET: Final = Text(zh="保密的事不算", en="Confidential cases are left out")
UNKNOWN: Final = Text(zh="没有记", en="not recorded")
YES_NO: Final = {"yes": Text(zh="是", en="yes"), "no": Text(zh="不是", en="no"), NONE: UNKNOWN}
CHANNELS: Final = {
    "phone": Text(zh="电话", en="Telephone"), "window": Text(zh="窗口", en="Window"), "web": Text(zh="网上", en="Web"),
    "visit": Text(zh="走访", en="Came by"), "home": Text(zh="上门", en="At home"), "video": Text(zh="视频", en="Video"),
    "sea": Text(zh="海上", en="At sea"), "letter": Text(zh="来信", en="Letter"), "fax": Text(zh="传真", en="Fax"),
}  # fmt: skip
_WHOLE = Text(
    zh="两天以内按整小时，两天以上按整天，零头不算",
    en="in whole hours up to two days and in whole days beyond, rounded down",
)


def _hours(code: str, zh: str, en: str, counted: Text, kinds: tuple[str, ...]) -> Figure:
    left_out = Text(
        zh=f"{NOT_DONE.zh}；没有头尾两条记录的不算；{_WHOLE.zh}",
        en=f"{NOT_DONE.en}; cases without both a beginning and an end on record are left out; {_WHOLE.en}",
    )
    return Figure(
        code=code, group="time", name=Text(zh=zh, en=en), counted=counted, left_out=left_out, month=BY_CLOSING,
        kinds=kinds, unit=HOURS, how="spread",
    )  # fmt: skip


_LISTED: Final = (
    Figure(
        code="trips_per_case", group="trips", name=Text(zh="平均每件跑了几趟", en="Trips made per case"),
        counted=Text(
            zh="办完的代办，当事人自己到窗口、码头、部门的次数；替他跑的家里人不算在他头上",
            en="Errands that were done: how often the person had to appear at a window, pier or department; trips of "
               "family members who helped are not put down to them",
        ),
        left_out=NOT_DONE, month=BY_CLOSING, unit=TRIPS, how="spread", of_done=True,
        kinds=("case.opened", "materials.sent", "case.accepted", "result.delivered", "trip.made", "case.closed"),
    ),
    Figure(
        code="trips_saved", group="trips", name=Text(zh="少跑的趟数", en="Trips saved"),
        counted=Text(
            zh="自己办要跑的，减去实际跑的。自己办：每交一次材料算一趟，每领一次结果算一趟",
            en="Trips of going oneself less trips made. Going oneself: one trip each time papers were handed in, one "
               "each time a result was fetched",
        ),
        left_out=Text(
            zh=f"来问一问不算一趟，因为打电话也能问；多跑了的也照减；{NOT_DONE.zh}",
            en=f"Asking is no trip, for one may also telephone; extra trips are subtracted all the same; {NOT_DONE.en}",
        ),
        month=BY_CLOSING, unit=TRIPS, how="total", of_done=True,
        kinds=("materials.sent", "result.delivered", "trip.made", "case.closed"),
    ),
    Figure(
        code="boats_saved", group="trips", name=Text(zh="材料替人坐的船", en="Boat rides taken by papers"),
        counted=Text(
            zh="材料上的每一班船，人自己去要坐一个来回，所以算两趟；同一件、同一班只算一次",
            en="Each sailing that carried papers; a person would go there and back, so it counts two rides; once for a "
               "case and a sailing",
        ),
        left_out=Text(
            zh=f"人自己也在那班船上的，看不出来，没有扣；{NOT_DONE.zh}",
            en=f"Whether the person was on that boat too is not known and not subtracted; {NOT_DONE.en}",
        ),
        month=BY_CLOSING, unit=RIDES, how="total", kinds=("parcel.loaded", "case.closed"),
    ),
    Figure(
        code="asked_once", group="telling", name=Text(zh="材料一次说全", en="Asked once"),
        counted=Text(
            zh="办完的代办里，给了清单以后没有再要过材料的",
            en="Of errands that were done, those in which nothing was asked for after the one list",
        ),
        left_out=Text(
            zh=f"家里情况变了再要的，也算再要；{NOT_DONE.zh}",
            en=f"Asking again because something changed at home counts as asking again; {NOT_DONE.en}",
        ),
        month=BY_CLOSING, unit=CASES, how="share", good=("yes",), buckets=YES_NO, of_done=True,
        kinds=("checklist.given", "materials.asked", "materials.lacking", "case.closed"),
    ),
    Figure(
        code="first_time_complete", group="telling", name=Text(zh="头一次就交齐", en="Complete the first time"),
        counted=Text(
            zh="办完的代办里，头一次核对材料就齐的",
            en="Of errands that were done, those whose papers were complete when first read",
        ),
        left_out=Text(zh=f"没有核对记录的不算；{NOT_DONE.zh}", en=f"Cases without a check on record; {NOT_DONE.en}"),
        month=BY_CLOSING, unit=CASES, how="share", good=("yes",), buckets=YES_NO, of_done=True,
        kinds=("materials.checked", "materials.lacking", "case.closed"),
    ),
    _hours(
        "time_to_promise", "多久给了日子", "Time to the promise",
        Text(zh="从来问到头一次说好日子", en="From the first word to the first promised day"),
        ("case.opened", "promise.made", "case.closed"),
    ),
    Figure(
        code="kept_promises", group="promise", name=Text(zh="按答应的日子办好", en="Promises kept"),
        counted=Text(
            zh="结果送到那天，不晚于答应的日子。停航改过的日子另列",
            en="The result was there by the promised day. Days that were moved because boats stopped stand apart",
        ),
        left_out=Text(
            zh=f"没有答应过日子、或没有送结果的不算；{NOT_DONE.zh}",
            en=f"Cases without a promise or without a result brought home; {NOT_DONE.en}",
        ),
        month=BY_CLOSING, unit=CASES, how="share", good=("yes",), of_done=True,
        kinds=("promise.made", "result.delivered", "case.closed"),
        buckets={
            "yes": Text(zh="按日子", en="in time"), "no": Text(zh="晚了", en="late"),
            "boats": Text(zh="因停航改过日子，按改过的", en="by the day moved because of boats"), NONE: UNKNOWN,
        },
    ),
    Figure(
        code="on_time", group="promise", name=Text(zh="按期限办到", en="In time, clock by clock"),
        counted=Text(
            zh="每一只停下来的钟，停在期限以内还是以外", en="Each clock that has stopped: within its term or after it"
        ),
        left_out=Text(
            zh="还在走的钟不算，过了期还没办的在督办页上；没有天数的钟不算；保密的不算",
            en="Clocks that still run, the overdue ones are on the supervision page; clocks without a number of days; "
               "confidential cases",
        ),
        month=Text(zh="算在钟停的那个月", en="In the month in which the clock stopped"),
        unit=Text(zh="只钟", en="clocks"), how="count",
        kinds=("case.opened", "case.accepted", "decision.made", "petition.accepted", "opinion.served"),
    ),
    _hours(
        "papers_waiting", "材料在等", "Papers waiting",
        Text(zh="一袋在箱里、在码头上等着，到上船或被取走", en="A bag in a box or on a pier, until it is moved on"),
        ("materials.sent", "return.packed", "parcel.boxed", "parcel.loaded", "parcel.landed", "parcel.collected"),
    ),
    _hours(
        "papers_on_water", "材料在船上", "Papers on the water",
        Text(zh="一袋从上船到卸船", en="A bag from loading to landing"),
        ("parcel.loaded", "parcel.landed", "parcel.collected"),
    ),
    _hours(
        "papers_at_window", "材料在窗口", "Papers at the window",
        Text(zh="从材料齐了到窗口收下", en="From complete papers to taking the case on"),
        ("materials.checked", "case.accepted"),
    ),
    _hours(
        "papers_at_department", "材料在部门", "Papers with the department",
        Text(zh="从收下到部门作决定", en="From taking the case on to the decision"),
        ("case.accepted", "decision.made", "result.issued"),
    ),
    Figure(
        code="solved", group="family", name=Text(zh="解决了没有", en="Solved"),
        counted=Text(zh="家里人说解决了没有，最后一次说的算", en="Whether the family calls it solved; their last word"),
        left_out=Text(zh=f"没有评的另列，不当作好；{NOT_DONE.zh}",
                      en=f"Cases nobody rated stand apart and are not taken as good; {NOT_DONE.en}"),
        month=BY_CLOSING, unit=CASES, how="share", good=("yes",), kinds=("case.rated", "case.closed"), of_done=True,
        buckets={"yes": Text(zh="解决了", en="solved"), "partly": Text(zh="解决了一部分", en="partly"),
                 "no": Text(zh="没有解决", en="not solved"), NONE: Text(zh="没有评", en="not rated")},
    ),
    Figure(
        code="satisfied", group="family", name=Text(zh="满意不满意", en="Satisfied"),
        counted=Text(zh="五档评价里选了满意或非常满意的，跟解决没有分开问",
                     en="Of five levels the two best; asked apart from whether it is solved"),
        left_out=Text(zh=f"没有评的另列，不当作满意；{NOT_DONE.zh}",
                      en=f"Cases nobody rated stand apart and are not taken as content; {NOT_DONE.en}"),
        month=BY_CLOSING, unit=CASES, how="share", good=("1", "2"), kinds=("case.rated", "case.closed"), of_done=True,
        buckets={"1": Text(zh="非常满意", en="very satisfied"), "2": Text(zh="满意", en="satisfied"),
                 "3": Text(zh="基本满意", en="fairly satisfied"), "4": Text(zh="不满意", en="dissatisfied"),
                 "5": Text(zh="非常不满意", en="very dissatisfied"), NONE: Text(zh="没有评", en="not rated")},
    ),
    Figure(
        code="reopened", group="family", name=Text(zh="重办的", en="Reopened"),
        counted=Text(zh="办结过的信访里，后来重办过的", en="Of petitions that were closed, those that were reopened"),
        left_out=SECRET, month=Text(zh="算在最近一次办结的月份", en="In the month of the latest closing"),
        unit=CASES, how="share", good=("yes",), buckets=YES_NO, kinds=("case.closed", "reopen.decided"),
    ),
    Figure(
        code="opened", group="reach", name=Text(zh="来问的事", en="Cases begun"),
        counted=Text(zh="开了案的，按怎么来的", en="Cases that were opened, by how they came"),
        left_out=SECRET, month=BY_EVENT, unit=CASES, how="count", buckets=CHANNELS, kinds=("case.opened",),
    ),
    Figure(
        code="matters", group="telling", name=Text(zh="来问的是哪件事", en="Matters asked about"),
        counted=Text(zh="开了案的，按是哪件事", en="Cases that were opened, by matter"),
        left_out=SECRET, month=BY_EVENT, unit=CASES, how="count", kinds=("case.opened",),
    ),
    Figure(
        code="asked_again", group="telling", name=Text(zh="哪件事又要了材料", en="Asked again, by matter"),
        counted=Text(zh="办完的代办，按哪件事、给了清单以后有没有再要过材料",
                     en="Errands that were done, by matter and whether anything was asked for after the one list"),
        left_out=NOT_DONE, month=BY_CLOSING, unit=CASES, how="count",
        kinds=("checklist.given", "materials.asked", "materials.lacking", "case.closed"),
    ),
    Figure(
        code="closed", group="reach", name=Text(zh="办完的事", en="Cases closed"),
        counted=Text(zh="办完归档的，按怎么了结的", en="Cases that were closed, by how they ended"),
        left_out=Text(zh="撤回的不在里面；保密的事不算", en="Withdrawn and confidential cases are left out"),
        month=BY_CLOSING, unit=CASES, how="count", kinds=("case.closed",),
        buckets={"done": Text(zh="办好了", en="done"), "answered": Text(zh="答复了", en="answered"),
                 "lapsed": Text(zh="过期了", en="lapsed"), "told_the_door": Text(zh="告诉了该找谁", en="sent on")},
    ),
    Figure(
        code="reception", group="reach", name=Text(zh="什么时候、怎么来找", en="Reception by channel and hour"),
        counted=Text(zh="接待登记里的每一次，按渠道和几点", en="Each contact that was logged, by channel and hour"),
        left_out=Text(zh="没有登记的电话不在里面；回电不算", en="Calls that were not logged; calls back"),
        month=BY_EVENT, unit=TIMES, how="count", kinds=("contact.logged",), lists_cases=False,
    ),
    Figure(
        code="home_visits", group="reach", name=Text(zh="上门", en="Home visits"),
        counted=Text(zh="到过门口的每一次，按结果", en="Each time somebody was at the door, by outcome"),
        left_out=Text(zh="排了没有去的不算；保密的不算", en="Visits planned and not made; confidential cases"),
        month=BY_EVENT, unit=TIMES, how="count", kinds=("visit.made",),
        buckets={"done": Text(zh="见到了", en="received"), "not_home": Text(zh="不在家", en="not at home"),
                 "refused": Text(zh="不让进", en="refused"), "next_time": Text(zh="约了下次", en="another time")},
    ),
    Figure(
        code="volunteer_hours", group="reach", name=Text(zh="志愿者出的时间", en="Time given by volunteers"),
        counted=Text(zh="代办活动里志愿者自己记的分钟数；别的代办员的另列",
                     en="Minutes that volunteers wrote down for work on cases; those of other agents stand apart"),
        left_out=Text(zh="没有记的时间不算；谁是志愿者，按算数那天的名册；不按人分",
                      en="Time nobody wrote down; who is a volunteer follows the register on the day of counting; "
                         "never by person"),
        month=BY_EVENT, unit=MINUTES, how="total", good=("volunteer",), kinds=("activity.recorded",),
        buckets={"volunteer": Text(zh="志愿者", en="volunteers"), "staff": Text(zh="别的代办员", en="other agents")},
    ),
    Figure(
        code="parcels", group="custody", name=Text(zh="交接的材料袋", en="Bags handed over"),
        counted=Text(zh="交出来的和送回去的袋数，用来看对不上的占多少",
                     en="Bags sent out and home again, as the measure for what did not agree"),
        left_out=SECRET, month=BY_EVENT, unit=PARCELS, how="count", kinds=("materials.sent", "return.packed"),
        buckets={"out": Text(zh="交出来", en="out"), "back": Text(zh="送回去", en="home")},
    ),
    Figure(
        code="custody_incidents", group="custody", name=Text(zh="对不上的", en="Custody incidents"),
        counted=Text(zh="每一处对不上，按是什么", en="Each time something did not agree, by what it was"),
        left_out=Text(zh="保密的不算；解决了的也算", en="Confidential cases; settled ones are counted too"),
        month=BY_EVENT, unit=TIMES, how="count", kinds=("incident.opened",),
        buckets={
            "shortage": Text(zh="少了", en="shortage"), "surplus": Text(zh="多了", en="surplus"),
            "damage": Text(zh="损坏", en="damage"), "broken_seal": Text(zh="封条破了", en="broken seal"),
            "seal_twice": Text(zh="封条号重了", en="seal number used twice"),
            "unknown_parcel": Text(zh="不认得的袋", en="unknown bag"), "no_case": Text(zh="找不到案", en="no case"),
            "out_of_place": Text(zh="不在该在的地方", en="out of place"), "clock_off": Text(zh="时间不对", en="clock"),
            "originals_overdue": Text(zh="原件该还没还", en="originals overdue"),
        },
    ),
)  # fmt: skip
FIGURES: Final[dict[str, Figure]] = {one.code: one for one in _LISTED}
GROUPS: Final[dict[str, Text]] = {
    "trips": Text(zh="少跑", en="Trips"), "telling": Text(zh="一次说全", en="Told once"),
    "promise": Text(zh="说到做到", en="Promises"), "time": Text(zh="时间花在哪里", en="Where time went"),
    "family": Text(zh="家里人怎么说", en="What families say"), "reach": Text(zh="怎么来、谁上门", en="Reaching people"),
    "custody": Text(zh="东西对不对", en="Custody"),
}  # fmt: skip
