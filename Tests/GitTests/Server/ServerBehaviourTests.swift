import Foundation
import Support
import Testing

/// Whatever a server does: what is said is true, the exit status is right, nothing hangs, nothing is left behind,
/// and nobody else sees the token.
@Suite(.enabled(if: GitServer.shared != nil, "nginx and fcgiwrap are not installed"))
struct ServerBehaviourTests {
    @Test(arguments: [ServerBehaviour].ofFetching)
    func `a fetch says what became of it`(behaviour: ServerBehaviour) throws {
        let world = try self.world(behaviour, isAhead: false)
        let finished = try run(["fetch"], behaviour, world)
        try expect(finished, behaviour, world)
        let known = try world.knownMainNow()
        #expect(known == (behaviour.truth == .done ? try world.serverMainNow() : world.knownMain))
        #expect(try world.serverMainNow() == world.serverMain)
    }

    @Test(arguments: [ServerBehaviour].ofPushing)
    func `a push says what became of it`(behaviour: ServerBehaviour) throws {
        let world = try self.world(behaviour, isAhead: true)
        let finished = try run(["push"], behaviour, world)
        try expect(finished, behaviour, world)
        let server = try world.serverMainNow()
        #expect(server == (behaviour.truth == .done ? world.ownMain : world.serverMain))
    }

    @Test(arguments: [ServerBehaviour].ofCloning)
    func `a clone is whole or not there`(behaviour: ServerBehaviour) throws {
        let world = try self.world(behaviour, isAhead: false)
        let finished = try run(["clone"], behaviour, world)
        try expect(finished, behaviour, world)
        #expect(try world.copiedMain() == (behaviour.status == 0 ? world.serverMain : nil))
        #expect(try world.serverMainNow() == world.serverMain)
    }

    private func world(_ behaviour: ServerBehaviour, isAhead: Bool) throws -> ServerWorld {
        try ServerWorld(
            on: try #require(GitServer.shared), isAhead: isAhead, setup: behaviour.setup)
    }

    private func run(
        _ command: [String], _ behaviour: ServerBehaviour, _ world: ServerWorld
    ) throws -> Finished {
        let server = world.server
        let relay = try behaviour.fault.map {
            try FaultyRelay(to: server.port(behaviour.door), $0)
        }
        let port = behaviour.isProxy ? nil : relay?.port
        let path = behaviour.path.replacing("NAME", with: world.name)
        var url = server.url(path, behaviour.door, host: behaviour.host)
        if let port { url = "https://\(behaviour.host):\(port)/\(path)" }
        func filled(_ values: [String: String]) -> [String: String] {
            values.mapValues { value in
                value.replacing("AUTHORITY", with: server.authority)
                    .replacing("STRANGER", with: server.stranger)
                    .replacing("PROXYPLACE", with: "127.0.0.1:\(relay?.port ?? 0)")
                    .replacing("PROXY", with: "http://127.0.0.1:\(relay?.port ?? 0)")
            }
        }
        let token: (String, String)? =
            switch behaviour.who {
            case .ada: ("ada", GitServer.token)
            case .reader: ("reader", GitServer.readerToken)
            case .impostor: ("ada", "wrong-token")
            case .nobody: nil
            }
        return try withExtendedLifetime(relay) {
            try world.nbgit(
                command + (command == ["clone"] ? [url, "../copy"] : behaviour.arguments),
                url: url, token: token,
                settings: filled(behaviour.settings), variables: filled(behaviour.variables))
        }
    }

    private func expect(
        _ finished: Finished, _ behaviour: ServerBehaviour, _ world: ServerWorld
    ) throws {
        #expect(!finished.isTimedOut)
        #expect(finished.status == behaviour.status, "\(finished.errorText)")
        for part in behaviour.says {
            let origin = "https://\(behaviour.host):\(world.server.port(behaviour.door))"
            let said = part.replacing("ORIGIN", with: origin).replacing("NAME", with: world.name)
            #expect(finished.errorText.contains(said), "\(said)\n\(finished.errorText)")
        }
        if finished.status != 0 {
            #expect(finished.errorText.contains("hint: "), "\(finished.errorText)")
        }
        let controls = finished.errorText.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
        #expect(controls.isEmpty)
        let output = finished.text + finished.errorText
        #expect(!output.contains(GitServer.token) && !output.contains(GitServer.readerToken))
        #expect(try world.leftovers() == "")
        let told = try world.strangersWhoWereTold()
        let isAllowed = behaviour.settings["nbgit.allowPlainLoopback"] != nil
        #expect(told.isEmpty || isAllowed)
    }
}
