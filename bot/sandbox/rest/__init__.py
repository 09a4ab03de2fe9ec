"""Discord's REST API by subject; each module offers the routes of one."""
