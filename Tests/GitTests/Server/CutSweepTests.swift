import Foundation
import Support
import Testing

/// The connection is cut after every so many bytes of a fetch and of a push.
///
/// Every 500 bytes where `NBGIT_LONG_SWEEP` is set, else in a few places.
@Suite(.enabled(if: GitServer.shared != nil, "nginx and fcgiwrap are not installed"))
struct CutSweepTests {
    static let isLong = ProcessInfo.processInfo.environment["NBGIT_LONG_SWEEP"] != nil
    private static let step = isLong ? 500 : 4700

    @Test(arguments: Array(stride(from: 500, to: 16_000, by: step)))
    func `a fetch that is cut changes nothing, or is done`(byteCount: Int) throws {
        let world = try ServerWorld(on: try #require(GitServer.shared), isAhead: false)
        let finished = try run(["fetch"], .cut(after: byteCount), world)
        let known = try world.knownMainNow()
        #expect(known == (finished.status == 0 ? world.serverMain : world.knownMain))
        try expectNothingLeft(finished, world)
        // Nothing is in the way of the next one.
        let again = try run(["fetch"], .none, world)
        #expect(again.status == 0, "\(again.errorText)")
        #expect(try world.knownMainNow() == world.serverMain)
    }

    @Test(arguments: Array(stride(from: 500, to: 40_000, by: isLong ? 500 : 9900)))
    func `a clone that is cut is not there, or whole`(byteCount: Int) throws {
        let world = try ServerWorld(on: try #require(GitServer.shared), isAhead: false)
        let finished = try run(["clone"], .cut(after: byteCount), world)
        #expect(try world.copiedMain() == (finished.status == 0 ? world.serverMain : nil))
        try expectNothingLeft(finished, world)
    }

    @Test(arguments: Array(stride(from: 500, to: 16_000, by: step)))
    func `a push whose question is cut says whether it arrived`(byteCount: Int) throws {
        try expectTruth(.cutUpwardsOnce(after: byteCount))
    }

    @Test(arguments: Array(stride(from: 500, to: 7000, by: isLong ? 100 : 1300)))
    func `a push whose answer is cut says whether it arrived`(byteCount: Int) throws {
        try expectTruth(.cutOnce(after: byteCount))
    }

    private func expectTruth(_ fault: FaultyRelay.Fault) throws {
        let world = try ServerWorld(on: try #require(GitServer.shared), isAhead: true)
        let finished = try run(["push"], fault, world)
        let hasIt = try world.serverMainNow() == world.ownMain
        #expect((finished.status == 0) == hasIt, "\(finished.errorText)")
        #expect(try (world.knownMainNow() == world.ownMain) == hasIt)
        try expectNothingLeft(finished, world)
    }

    private func expectNothingLeft(_ finished: Finished, _ world: ServerWorld) throws {
        #expect(!finished.isTimedOut)
        #expect([0, 2].contains(finished.status), "\(finished.errorText)")
        #expect(try world.leftovers() == "")
    }

    private func run(
        _ command: [String], _ fault: FaultyRelay.Fault, _ world: ServerWorld
    ) throws -> Finished {
        let relay = try FaultyRelay(to: world.server.port(.https), fault)
        return try withExtendedLifetime(relay) {
            let url = "https://localhost:\(relay.port)/git/\(world.name).git"
            return try world.nbgit(
                command + (command == ["clone"] ? [url, "../copy"] : []), url: url,
                token: ("ada", GitServer.token))
        }
    }
}
