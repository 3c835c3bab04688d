"""An invented county, played through the real actions."""

from .visitors import DemoReceipt, SignIn, receipts_to_follow, sign_ins

__all__ = ["DemoReceipt", "SignIn", "receipts_to_follow", "sign_ins"]
