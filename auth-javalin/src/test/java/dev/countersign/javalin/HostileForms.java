package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Reason;
import dev.countersign.javalin.HostileRequests.Hostile;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawRequest;
import java.util.stream.Stream;

/** Logins by forms that no browser sends. */
final class HostileForms {

    private final Asked asked;
    private final Reason flawed;
    private final ImmutableList.Builder<Hostile> all = ImmutableList.builder();

    HostileForms(Asked asked, Reason flawed) {
        this.asked = asked;
        this.flawed = flawed;
    }

    ImmutableList<Hostile> all() {
        forms();
        multiparts();
        return all.build();
    }

    private void add(String name, RawRequest request, Reason reason) {
        all.add(new Hostile(name, request, ImmutableList.of(reason)));
    }

    private RawRequest login() {
        return RawRequest.post(asked.loginPath());
    }

    private void forms() {
        boolean read = asked.login().request().mediaTypes().contains(BodyKind.FORM);
        Reason refused = read ? Reason.UNPARSEABLE_BODY : Reason.UNSUPPORTED_MEDIA_TYPE;
        for (String form : ImmutableList.of(
                "username=%zz&password=x",
                "username=%",
                "username=%ff&password=x",
                "username=a&username=b&password=x",
                "username[a]=1&username=2",
                "username=2&username[a]=1",
                "a[b][c][d][e][f][g][h][i]=1",
                "a[=1",
                "a]=1",
                "[]=1",
                "a[]=1",
                "=1",
                "a=1&".repeat(3) + "b=2",
                Stream.iterate(0, i -> i + 1)
                        .limit(101)
                        .map(i -> "f" + i + "=1")
                        .reduce((a, b) -> a + "&" + b)
                        .orElseThrow())) {
            add(
                    "form " + form,
                    login().header("Content-Type", "application/x-www-form-urlencoded")
                            .body(form),
                    refused);
        }
        add(
                "a nested form",
                login().header("Content-Type", "application/x-www-form-urlencoded")
                        .body("username[a]=1&password=x"),
                read ? flawed : Reason.UNSUPPORTED_MEDIA_TYPE);
    }

    private void multiparts() {
        boolean read = asked.login().request().mediaTypes().contains(BodyKind.MULTIPART);
        Reason refused = read ? Reason.UNPARSEABLE_BODY : Reason.UNSUPPORTED_MEDIA_TYPE;
        String part = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nhan.solo\r\n";
        String file =
                "--b\r\nContent-Disposition: form-data; name=\"username\"; filename=\"../../x\"\r\n\r\nhan.solo\r\n";
        add("multipart without boundary", multipart("multipart/form-data", part + "--b--\r\n"), refused);
        add(
                "multipart with an empty boundary",
                multipart("multipart/form-data; boundary=", part + "--b--\r\n"),
                refused);
        add("multipart without end", multipart("multipart/form-data; boundary=b", part), refused);
        add(
                "multipart with another boundary",
                multipart("multipart/form-data; boundary=c", part + "--b--\r\n"),
                refused);
        add("multipart of junk", multipart("multipart/form-data; boundary=b", "junk"), refused);
        add("a part twice", multipart("multipart/form-data; boundary=b", part + part + "--b--\r\n"), refused);
        add(
                "a file instead of a field",
                multipart("multipart/form-data; boundary=b", file + "--b--\r\n"),
                read ? flawed : Reason.UNSUPPORTED_MEDIA_TYPE);
    }

    private RawRequest multipart(String type, String body) {
        return login().header("Content-Type", type).body(body);
    }
}
