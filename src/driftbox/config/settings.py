"""Settings of every installation. What differs between them comes from the environment (see ``env``)."""

from pathlib import Path

from driftbox.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DRIFTBOX_HOME = env.home()
DRIFTBOX_PACK = Path(env.text("DRIFTBOX_PACK", str(PACKAGE / "packs" / "cn_putuo")))
DRIFTBOX_DEMO = env.flag("DRIFTBOX_DEMO", default=False)
DRIFTBOX_SECOND_FACTOR = env.choice("DRIFTBOX_SECOND_FACTOR", "optional", "required")
DRIFTBOX_SITE = env.text("DRIFTBOX_SITE", "")  # the address printed on labels, as https://box.example.cn/
DRIFTBOX_LANG = env.choice("DRIFTBOX_LANG", "zh", "en")  # of the command line; pages ask the browser
DRIFTBOX_OCR = "driftbox.gateways.ocr_rapid.RapidReader"  # reads photographs, where the extra `ocr` is installed
DRIFTBOX_ROSTER = "driftbox.gateways.roster_cpsat.CpSatRosterMaker"  # where the extra `planning` is installed
DRIFTBOX_TURN_URL = env.text("DRIFTBOX_TURN_URL", "")  # of coturn, as turn:box.example.cn:3478; several with commas
DRIFTBOX_TURN_SECRET = env.text("DRIFTBOX_TURN_SECRET", "")  # what coturn has as static-auth-secret
DRIFTBOX_WS_PORT = int(env.text("DRIFTBOX_WS_PORT", "0"))  # of calls, told by `driftbox serve`; 0: none, or a proxy's
DRIFTBOX_SMS = "driftbox.gateways.sms.ConsoleSms"

DEBUG = False
SECRET_KEY = env.text("DRIFTBOX_SECRET_KEY", "") or env.secret_key(DRIFTBOX_HOME)
ALLOWED_HOSTS = env.text("DRIFTBOX_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": env.database(env.text("DRIFTBOX_DATABASE_URL", ""), DRIFTBOX_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "driftbox.apps.eventlog",
    "driftbox.apps.papers",
    "driftbox.apps.people",
    "driftbox.apps.parcels",
    "driftbox.apps.dockets",
    "driftbox.apps.custody",
    "driftbox.apps.sailings",
    "driftbox.apps.labels",
    "driftbox.apps.notices",
    "driftbox.apps.petitions",
    "driftbox.apps.agents",
    "driftbox.apps.recognition",
    "driftbox.apps.roster",
    "driftbox.apps.reception",
    "driftbox.apps.words",
    "driftbox.apps.figures",
    "driftbox.apps.rounds",
    "driftbox.apps.phones",
    "driftbox.apps.sittings",
    "driftbox.apps.packdesk",
    "driftbox.apps.directory",
    "driftbox.apps.sync",
    "driftbox.apps.sea_post",
    "driftbox.web.base",
    "driftbox.web.resident",
    "driftbox.web.petitions",
    "driftbox.web.track",
    "driftbox.web.forms",
    "driftbox.web.board",
    "driftbox.web.box",
    "driftbox.web.agents",
    "driftbox.web.incidents",
    "driftbox.web.labels",
    "driftbox.web.mailbox",
    "driftbox.web.watch",
    "driftbox.web.district",
    "driftbox.web.figures",
    "driftbox.web.genuine",
    "driftbox.web.walk",
    "driftbox.web.sign_in",
    "driftbox.web.desk",
    "driftbox.web.packdesk",
    "driftbox.web.pocket",
    "driftbox.web.phone",
    "driftbox.web.roster",
    "driftbox.web.reception",
    "driftbox.web.rounds",
    "driftbox.web.sea_post",
    "driftbox.web.sync",
    "driftbox.web.video",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",  # a thin link carries a third of the bytes
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "driftbox.web.base.middleware.PlainWords",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "driftbox.web.sign_in.middleware.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 400}}}
ROOT_URLCONF = "driftbox.config.urls"
WSGI_APPLICATION = "driftbox.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "driftbox.web.base.context.house",
            ]
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in:staff"
LOGIN_REDIRECT_URL = "sign_in:home"
LOGOUT_REDIRECT_URL = "sign_in:staff"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours; GB/T 22239-2019 §8.1.4 asks for a lockout, practice is 30 minutes
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True  # forgets this name at this address only, and not before the second factor came
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # of log lines only; the pack's own zone counts days and shows times

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("DRIFTBOX_HTTPS", default=False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
