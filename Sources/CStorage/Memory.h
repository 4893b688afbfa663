#ifndef MEMORY_H
#define MEMORY_H

// What SQLite's list of open files is made of is allocated between these, on the calling thread.
void memory_begin_file(void);
void memory_end_file(void);

#endif
