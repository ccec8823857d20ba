package dev.countersign.javalin.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A request without its body: what is known before the body has arrived. */
public interface RequestHead {

    /** {@return the method of the first line} */
    String method();

    /** {@return the path below the application's context path, as it was sent} */
    String path();

    /** {@return the bytes of the body as declared; 0 without a body, -1 if the request does not say how many} */
    long length();

    /**
     * The values of a header.
     *
     * @param name the header's name in any case
     * @return one value for each line of that name, in order
     */
    List<String> headers(String name);

    /**
     * The length of a body as HTTP declares it: HTTP/1 by a length or a transfer coding, while later versions may have a body without either.
     *
     * @param declared the declared length; -1 if there is none
     * @param coded whether there is a transfer coding
     * @param protocol the version, such as {@code HTTP/1.1}
     * @return the length as {@link #length} has it
     */
    static long length(long declared, boolean coded, String protocol) {
        requireNonNull(protocol, "protocol");

        return declared < 0 && !coded && protocol.startsWith("HTTP/1") ? 0 : declared;
    }
}
