"""Every environment variable that is read, in one table: for the reference, and a test."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """``default`` is what holds when the variable is not set, as it would be written; empty
    for none. ``needed`` says when it must be set."""

    name: str
    meaning: str
    default: str = ""
    needed: str = ""


_OWN_SERVER = "with a server of your own"
_PRODUCTION = "in production"

VARIABLES = (
    Variable(
        "EVENHAND_MODE",
        "`demo` relaxes what needs HTTPS and writes mail into files: on a machine of one's own "
        "only. Anything else is production.",
    ),
    Variable("EVENHAND_PROFILE", "a folder in `profiles/`, or the path of one", "cn-county"),
    Variable(
        "EVENHAND_VAR",
        "where files are kept: evidence, secrets, the embedded database",
        "`var` in the project",
    ),
    Variable("PORT", "where `serve` and `demo` listen, unless `--port` says otherwise", "8000"),
    Variable(
        "DATABASE_URL",
        "the application's role on a PostgreSQL server of your own",
        "the embedded server",
    ),
    Variable(
        "DATABASE_OWNER_URL",
        "the owner's role there: set it where `migrate` runs, never for the web server",
        needed=_OWN_SERVER,
    ),
    Variable(
        "DATABASE_READER_URL",
        "the role there that reads everything: for `audit`",
        needed=f"{_OWN_SERVER}, for `audit`",
    ),
    Variable("DATABASE_SEQUENCER_URL", "the role there that will order the ledger: not used yet"),
    Variable(
        "EVENHAND_SECRET_KEY",
        "signs sessions and links; at least 40 characters, the same for every process",
        "with the embedded server, made at the first start",
        needed=_OWN_SERVER,
    ),
    Variable(
        "EVENHAND_RECEIPT_KEY",
        "keys the hashes of receipts, likewise; with it lost, no receipt can be read again",
        "with the embedded server, made at the first start",
        needed=_OWN_SERVER,
    ),
    Variable(
        "EVENHAND_HOSTS",
        "the site's names, comma-separated",
        "localhost,127.0.0.1,[::1]",
        needed=_PRODUCTION,
    ),
    Variable(
        "EVENHAND_ADDRESS",
        "where readers of a mail find the site, such as `https://petitions.example`",
        "`http://localhost` with the port",
        needed=_PRODUCTION,
    ),
    Variable(
        "EVENHAND_ORIGINS",
        "addresses from which forms may be sent, comma-separated, when a proxy ends TLS",
    ),
    Variable(
        "EVENHAND_BEHIND_PROXY",
        "`1` when one proxy stands in front and sets `X-Forwarded-Proto` and `X-Forwarded-For`",
    ),
    Variable(
        "EVENHAND_TLS_ELSEWHERE", "`1` when the proxy itself sends visitors from HTTP to HTTPS"
    ),
    Variable("EVENHAND_POOL", "`1` keeps connections open, up to 12 in each process", "0"),
    Variable("EVENHAND_SMTP_HOST", "the mail server", "localhost"),
    Variable("EVENHAND_SMTP_PORT", "its port", "25"),
    Variable("EVENHAND_SMTP_USER", "the name to sign in there with; none without"),
    Variable("EVENHAND_SMTP_PASSWORD", "the password for it"),
    Variable("EVENHAND_SMTP_TLS", "`1` to speak STARTTLS with it"),
    Variable("EVENHAND_MAIL_FROM", "the sender of all mail", "no-reply@localhost"),
    Variable("EVENHAND_LOG_LEVEL", "`DEBUG`, `INFO`, `WARNING` or `ERROR`", "WARNING"),
    Variable(
        "EVENHAND_DATABASE_ROLE", "set by the command line itself: the role that a command needs"
    ),
)
