package dev.countersign.api;

/** Answers the requests to one operation. */
interface Handling {

    /**
     * Answers a request.
     *
     * @throws RefusedRequest if the request is refused
     */
    Answer answer(Exchange exchange) throws RefusedRequest;
}
