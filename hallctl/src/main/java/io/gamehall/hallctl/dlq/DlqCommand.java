package io.gamehall.hallctl.dlq;

import picocli.CommandLine.Command;

/** {@code dlq}: what an operator does with records that nobody could use. */
@Command(
        name = "dlq",
        description = "Shows dead letters (records that no service could use), puts them back, or drops them.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A letter is named by topic, partition and offset, as `dlq list` shows it: game-results-dlq/0/17.",
            "More: docs/dead-letters.md."
        },
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class, DropCommand.class})
public final class DlqCommand {}
