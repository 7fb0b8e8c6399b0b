package io.gamehall.hallctl.rooms;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.v1.ChangeCapacityRequest;
import io.gamehall.v1.CloseRoomRequest;
import io.gamehall.v1.ListPartitionsRequest;
import io.gamehall.v1.MovePartitionRequest;
import io.gamehall.v1.OpenRoomRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rooms}: what an operator does with rooms and partitions while the hall runs. */
@Command(
        name = "rooms",
        description =
                "Opens and closes rooms, changes their capacity, shows and moves partitions, while the hall runs.",
        footer = {
            "",
            "Elsewhere than on this laptop: --address of any room-service, and the cell's service credential in the",
            "environment variable GAMEHALL_SERVICE_CREDENTIAL."
        })
public final class RoomsCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            defaultValue = "",
            scope = ScopeType.INHERIT,
            description = "Which cell of the hall (default: the first).")
    private String cell;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "Any room-service of a cell (default: of the hall that runs here).")
    private String address;

    @Command(name = "list", description = "Which process owns which partition, and how busy it is.")
    int list() throws InterruptedException {
        var reply = owners().call(stub -> stub.listPartitions(ListPartitionsRequest.getDefaultInstance()));
        System.out.println("Processes: " + String.join(", ", reply.getInstancesList()));
        System.out.printf(
                "%-10s %-16s %-24s %8s %6s %8s%n", "PARTITION", "OWNER", "ADDRESS", "TERM", "ROOMS", "MEMBERS");
        for (var partition : reply.getPartitionsList()) {
            System.out.printf(
                    "%-10d %-16s %-24s %8d %6d %8d%n",
                    partition.getPartition(),
                    partition.getOwner().isEmpty() ? "-" : partition.getOwner(),
                    partition.getEndpoint(),
                    partition.getTerm(),
                    partition.getRooms(),
                    partition.getMembers());
        }
        return 0;
    }

    @Command(name = "open", description = "Opens a new room, or a closed one again.")
    int open(
            @Parameters(index = "0", paramLabel = "ROOM", description = "1-48 of a-z, 0-9, -.") String room,
            @Parameters(index = "1", paramLabel = "GAME", description = "For example upgrade.") String game,
            @Option(names = "--seats", defaultValue = "0", description = "Seats per table, 2-8 (default: the game's).")
                    int seats,
            @Option(names = "--capacity", defaultValue = "0", description = "1-1000 (default: the configured one).")
                    int capacity)
            throws InterruptedException {
        owners().call(stub -> stub.openRoom(OpenRoomRequest.newBuilder()
                .setRoomId(room)
                .setGame(game)
                .setSeatsPerTable(seats)
                .setCapacity(capacity)
                .build()));
        System.out.println("Room " + room + " is open.");
        return 0;
    }

    @Command(name = "close", description = "Closes a room: nobody enters, and at the deadline the rest is taken out.")
    int close(
            @Parameters(index = "0", paramLabel = "ROOM") String room,
            @Option(
                            names = "--drain",
                            defaultValue = "600",
                            paramLabel = "SECONDS",
                            description = "Until those who are left are taken out (default: ${DEFAULT-VALUE}).")
                    int drain)
            throws InterruptedException {
        owners().call(stub -> stub.closeRoom(CloseRoomRequest.newBuilder()
                .setRoomId(room)
                .setDrainSeconds(drain)
                .build()));
        System.out.println("Room " + room + " is closed; it is empty in " + drain + " s at the latest.");
        return 0;
    }

    @Command(name = "capacity", description = "Changes how many players a room holds.")
    int capacity(
            @Parameters(index = "0", paramLabel = "ROOM") String room,
            @Parameters(index = "1", paramLabel = "N", description = "1-1000.") int n)
            throws InterruptedException {
        owners().call(stub -> stub.changeCapacity(ChangeCapacityRequest.newBuilder()
                .setRoomId(room)
                .setCapacity(n)
                .build()));
        System.out.println("Room " + room + " holds " + n + " players.");
        return 0;
    }

    @Command(name = "move", description = "Moves a partition to another process, and keeps it there.")
    int move(
            @Parameters(index = "0", paramLabel = "PARTITION") int partition,
            @Parameters(index = "1", paramLabel = "PROCESS", description = "Name of a process, see `rooms list`.")
                    String to)
            throws InterruptedException {
        owners().call(stub -> stub.movePartition(MovePartitionRequest.newBuilder()
                .setPartition(partition)
                .setTo(to)
                .build()));
        System.out.println("Partition " + partition + " moves to " + to + ".");
        return 0;
    }

    private RoomOwners owners() {
        try {
            if (address == null) return RoomOwners.in(hall.directory(), cell);
            var credential = System.getenv("GAMEHALL_SERVICE_CREDENTIAL");
            if (credential == null) throw new IllegalArgumentException("Set GAMEHALL_SERVICE_CREDENTIAL.");
            return RoomOwners.at(address, credential);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }
}
