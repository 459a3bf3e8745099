"""The mailbox of somebody who leaves no name, and telling something without one."""
