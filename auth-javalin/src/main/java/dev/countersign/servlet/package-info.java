/** Login APIs in any Jakarta Servlet container, and in Spring: a filter that answers, and one that guards. */
@NullMarked
package dev.countersign.servlet;

import org.jspecify.annotations.NullMarked;
