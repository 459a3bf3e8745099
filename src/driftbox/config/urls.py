"""Every address of the product on one page."""

from django.urls import include, path

urlpatterns = [
    path("", include("driftbox.web.base.urls")),
    path("", include("driftbox.web.resident.urls")),
    path("", include("driftbox.web.petitions.urls")),
    path("track/", include("driftbox.web.track.urls")),
    path("", include("driftbox.web.forms.urls")),
    path("b/", include("driftbox.web.box.urls")),
    path("", include("driftbox.web.labels.urls")),
    path("genuine/", include("driftbox.web.genuine.urls")),
    path("walk/", include("driftbox.web.walk.urls")),
    path("board/", include("driftbox.web.board.urls")),
    path("in/", include("driftbox.web.sign_in.urls")),
    path("", include("driftbox.web.video.urls")),
    path("desk/matters/", include("driftbox.web.packdesk.urls")),
    path("desk/", include("driftbox.web.desk.urls")),
    path("rounds/", include("driftbox.web.rounds.urls")),
    path("agents/", include("driftbox.web.agents.urls")),
    path("incidents/", include("driftbox.web.incidents.urls")),
    path("mailbox/", include("driftbox.web.mailbox.urls")),
    path("district/", include("driftbox.web.district.urls")),
    path("watch/", include("driftbox.web.watch.urls")),
    path("", include("driftbox.web.figures.urls")),
    path("pocket/app/", include("driftbox.web.phone.urls")),
    path("pocket/", include("driftbox.web.pocket.urls")),
    path("roster/", include("driftbox.web.roster.urls")),
    path("post/", include("driftbox.web.sea_post.urls")),
    path("sync/", include("driftbox.web.sync.urls")),
    path("reception/", include("driftbox.web.reception.urls")),
]
