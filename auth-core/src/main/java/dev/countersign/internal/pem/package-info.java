/** Keys in PEM: the envelope and the older encodings with Bouncy Castle, the keys themselves with the JDK. */
@NullMarked
package dev.countersign.internal.pem;

import org.jspecify.annotations.NullMarked;
