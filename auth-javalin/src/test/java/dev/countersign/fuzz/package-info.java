/** Coverage-guided fuzz targets: their seeds run as tests, {@code scripts/fuzz.sh} searches for new inputs. */
@NullMarked
package dev.countersign.fuzz;

import org.jspecify.annotations.NullMarked;
