package io.gamehall.activity.statistics.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.statistics.domain.JoinStatistics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Statistics in JSON. */
@RegisterForReflection
public record StatisticsView(
        @JsonProperty("activity_id") String activityId,
        @JsonProperty("from_ms") long fromMs,
        @JsonProperty("to_ms") long toMs,
        @JsonProperty("as_of_ms") long asOfMs,
        long joins,
        List<Minute> minutes,
        List<Region> regions) {
    /** A minute that has joins. */
    @RegisterForReflection
    public record Minute(@JsonProperty("at_ms") long atMs, long joins) {}

    /** A region whose players have joined. */
    @RegisterForReflection
    public record Region(String region, long joins) {}

    static StatisticsView of(ActivityId activity, JoinStatistics statistics) {
        return new StatisticsView(
                activity.value(),
                statistics.window().fromMs(),
                statistics.window().toMs(),
                statistics.asOfMs(),
                statistics.joins(),
                statistics.perMinute().entrySet().stream()
                        .map(minute -> new Minute(minute.getKey(), minute.getValue()))
                        .toList(),
                statistics.byRegion().entrySet().stream()
                        .map(region -> new Region(region.getKey(), region.getValue()))
                        .toList());
    }
}
