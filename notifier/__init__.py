"""Whom do we tell, and how? From a Deal to a message on somebody's screen."""
