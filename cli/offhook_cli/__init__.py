"""The command line of Offhook: the public API and the carrier simulator's controls, for people and scripts."""
