package dev.countersign.server;

import com.google.common.collect.ImmutableSet;
import dev.countersign.servlet.ServletTransport;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Routes each request by the method of its request line. Javalin would let a header override the method, and would run before-handlers as routes for a
 * request with the method {@code BEFORE}. So this filter hides that header, and passes on an unknown method as {@code OPTIONS}, which dialects answer as a wrong method.
 */
final class MethodFilter implements Filter {

    private static final String OVERRIDE = "X-HTTP-Method-Override";
    private static final ImmutableSet<String> KNOWN =
            ImmutableSet.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (!KNOWN.contains(http.getMethod())) {
            http.setAttribute(ServletTransport.SENT_METHOD, http.getMethod());
        }
        chain.doFilter(new Honest(http), response);
    }

    private static final class Honest extends HttpServletRequestWrapper {

        Honest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            String method = super.getMethod();
            return KNOWN.contains(method) ? method : "OPTIONS";
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(OVERRIDE) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(OVERRIDE) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }
    }
}
