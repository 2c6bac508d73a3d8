// Loaded into a process that is to take its standard output for a terminal.
process.stdout.isTTY = true;
