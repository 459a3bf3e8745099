"""The docket 卷宗: what can happen to a case, what follows from it, and who may do what next."""
