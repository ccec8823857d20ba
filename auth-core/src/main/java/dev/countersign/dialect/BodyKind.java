package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;

/** The media types of request bodies. JSON pointers also address form fields: {@code /user/email} is {@code user[email]}. */
public enum BodyKind {
    /** JSON (RFC 8259). */
    JSON("application/json"),
    /** An URL-encoded form. */
    FORM("application/x-www-form-urlencoded"),
    /** A multipart form (RFC 7578); files are not read. */
    MULTIPART("multipart/form-data");

    private final String mediaType;

    BodyKind(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the media type without parameters} */
    public String mediaType() {
        return mediaType;
    }

    /** {@return the kind with this media type; empty if it is not supported} */
    public static Optional<BodyKind> of(String mediaType) {
        requireNonNull(mediaType, "mediaType");

        return Arrays.stream(values())
                .filter(kind -> kind.mediaType.equalsIgnoreCase(mediaType))
                .findFirst();
    }
}
