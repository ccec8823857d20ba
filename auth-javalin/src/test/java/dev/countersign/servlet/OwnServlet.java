package dev.countersign.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An application's own servlet, behind the filters: says who asked for what. */
final class OwnServlet extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String user = GuardFilter.userIfAny(request)
                .map(found -> String.valueOf(found.username()))
                .orElse("nobody");
        String text = String.join(
                " ",
                "own",
                request.getMethod(),
                request.getRequestURI(),
                user,
                String.valueOf(request.getRemoteUser()),
                String.valueOf(request.getUserPrincipal()),
                body);
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
