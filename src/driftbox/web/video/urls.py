"""Addresses of sittings: the desk's, and those of whoever comes by a link."""

from django.urls import path

from driftbox.web.video import desk, room

app_name = "video"
urlpatterns = [
    path("desk/video/", desk.queue, name="queue"),
    path("desk/video/start/<uuid:docket>/", desk.start, name="start"),
    path("desk/video/recordings/<uuid:docket>/<uuid:recording>/", desk.recording, name="recording"),
    path("desk/video/<uuid:room>/", desk.desk, name="desk"),
    path("desk/video/<uuid:room>/invite/", desk.send, name="invite"),
    path("desk/video/<uuid:room>/answer/", desk.answer, name="answer"),
    path("desk/video/<uuid:room>/enter/", desk.enter, name="enter"),
    path("desk/video/<uuid:room>/close/", desk.close, name="close"),
    path("v/<str:token>/", room.door, name="door"),
    path("video/<uuid:room>/", room.room, name="room"),
    path("video/<uuid:room>/calendar/", room.invitation, name="calendar"),
    path("video/<uuid:room>/sign/<slug:code>/", room.sign, name="sign"),
    path("video/<uuid:room>/still/", room.still, name="still"),
    path("video/<uuid:room>/recording/", room.record, name="record"),
]
