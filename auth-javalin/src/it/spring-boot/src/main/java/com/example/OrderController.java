package com.example;

import dev.countersign.servlet.GuardFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {

    // snippet: controller
    @GetMapping("/orders/{id}")
    String order(@PathVariable String id, HttpServletRequest request) {
        return "order " + id + " of " + GuardFilter.user(request).username();
    }
    // end

    @GetMapping("/orders/number")
    String number(Principal principal) {
        return "user " + principal.getName();
    }

    @PostMapping("/open")
    String open(@RequestBody String body) {
        return "open " + body;
    }
}
