#ifndef MOVING_H
#define MOVING_H

#include <sqlite3.h>

// Makes the file system of connections that move known to SQLite, above another; answers its name, NULL without memory.
const char *moving_register(sqlite3_vfs *real);

#endif
