#ifndef MOVING_H
#define MOVING_H

// Makes the file system of connections that move known to SQLite; answers its name, NULL without memory.
const char *moving_register(void);

#endif
