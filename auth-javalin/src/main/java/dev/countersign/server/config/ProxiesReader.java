package dev.countersign.server.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.api.TrustedProxies;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import dev.countersign.json.JsonString;
import dev.countersign.throttle.AddressRange;
import java.util.Optional;

/** Reads the reverse proxies that the server trusts. */
final class ProxiesReader {

    private final SettingValues values;
    private boolean isRefused;

    ProxiesReader(SettingValues values) {
        this.values = values;
    }

    TrustedProxies read() {
        ImmutableList<AddressRange> ranges = ranges();
        if (ranges.isEmpty() && !isRefused && values.source(Setting.FORWARDED_HEADER) != null) {
            values.refuse(
                    Setting.FORWARDED_HEADER,
                    "no proxy is trusted, so no header is read",
                    "give the proxies as " + Setting.TRUSTED_PROXIES.flag() + ", or leave it out");
        }
        return TrustedProxies.of(ranges, header());
    }

    private ImmutableList<AddressRange> ranges() {
        ConfigLoader.Source source = values.source(Setting.TRUSTED_PROXIES);
        if (source == null) {
            return ImmutableList.of();
        }
        String key = Setting.TRUSTED_PROXIES.key();
        Section section = source.section();
        Optional<Json> written = section.json(key);
        ImmutableList<AddressRange> ranges = written.isPresent() && written.get() instanceof JsonString list
                ? Splitter.on(',')
                        .trimResults()
                        .omitEmptyStrings()
                        .splitToStream(list.value())
                        .flatMap(text -> range(text).stream())
                        .collect(ImmutableList.toImmutableList())
                : section.list(
                        key, (json, at) -> json instanceof JsonString text ? range(text.value()) : notText(json));
        if (ranges.isEmpty() && !isRefused) {
            values.refuse(
                    Setting.TRUSTED_PROXIES,
                    "no proxy is named",
                    "addresses or ranges such as 10.0.0.0/8, or leave it out");
        }
        return ranges;
    }

    private Optional<AddressRange> range(String text) {
        try {
            return Optional.of(AddressRange.parse(text));
        } catch (IllegalArgumentException invalid) {
            isRefused = true;
            values.refuse(
                    Setting.TRUSTED_PROXIES,
                    String.valueOf(invalid.getMessage()),
                    "addresses or ranges separated by commas");
            return Optional.empty();
        }
    }

    private Optional<AddressRange> notText(Json json) {
        isRefused = true;
        values.refuse(
                Setting.TRUSTED_PROXIES,
                "a proxy is " + Section.kind(json),
                "an address or a range such as 10.0.0.0/8");
        return Optional.empty();
    }

    private TrustedProxies.Header header() {
        Optional<String> text = values.text(Setting.FORWARDED_HEADER);
        for (TrustedProxies.Header header : TrustedProxies.Header.values()) {
            if (text.isPresent() && header.field().equalsIgnoreCase(text.get())) {
                return header;
            }
        }
        text.ifPresent(unknown ->
                values.refuse(Setting.FORWARDED_HEADER, "unknown header " + unknown, "x-forwarded-for or forwarded"));
        return TrustedProxies.Header.X_FORWARDED_FOR;
    }
}
