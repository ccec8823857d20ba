/** The pages say what is so: their code, their names and their links are checked here. */
@NullMarked
package dev.countersign.docs;

import org.jspecify.annotations.NullMarked;
