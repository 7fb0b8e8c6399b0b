package io.gamehall.hallctl.accounts;

import picocli.CommandLine.Command;

/** {@code accounts}: what an operator does with accounts. */
@Command(
        name = "accounts",
        description = "Moves accounts between regions.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "More: docs/accounts.md."},
        subcommands = MoveCommand.class)
public final class AccountsCommand {}
