"""From text to typed tables and findings: what is wrong or noteworthy in the collected data, with its address."""
