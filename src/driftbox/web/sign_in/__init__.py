"""Sign-in 登录: staff by password, residents by phone and one-time code."""
