"""Settings, urls, the command-line entry and the embedded database."""

import warnings

# A server has no login session, hence no XDG_RUNTIME_DIR; the fallback is a fine one.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
