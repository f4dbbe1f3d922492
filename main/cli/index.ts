#!/usr/bin/env node
import '../lib/small-young-heap.ts'

/** The command line's entry. The program is loaded behind the line above, so that its code too comes into small heaps. */
await import('./program.ts')
