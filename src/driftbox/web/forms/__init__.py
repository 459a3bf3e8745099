"""Forms 表 on the phone: what is known is filled in, the rest is written, and it is signed with a finger."""
