"""Why did no message come of a story?"""
