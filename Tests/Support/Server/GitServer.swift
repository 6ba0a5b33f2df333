import Foundation

/// A real server of git on loopback: nginx, fcgiwrap and `git http-backend`, with certificates of its own.
///
/// One for all tests of a process; it ends, and its folder goes, soon after the process has ended.
public final class GitServer: Sendable {
    /// Where one server listens as several.
    public enum Door: Int, CaseIterable, Sendable {
        /// A good certificate.
        case https
        /// Another origin, with a good certificate.
        case other
        /// A certificate for another name.
        case wrongName
        /// A certificate that has expired.
        case expired
        /// Nothing older than TLS 1.3.
        case onlyTLS13
        /// Nothing newer than TLS 1.1.
        case onlyTLS11
        /// A certificate for an IP address and no name.
        case address
        /// No TLS.
        case http
    }

    /// The server, nil where nginx or fcgiwrap is not installed.
    public static let shared: GitServer? = try? GitServer()

    /// The token of `ada`, who may do everything.
    public static let token = "ghs-token-of-ada-0123456789"
    /// The token of `reader`, who may not push.
    public static let readerToken = "ghs-token-of-reader-0123456789"

    /// Where everything lies.
    public let folder: String
    private let ports: [UInt16]

    private struct NotStarted: Error {}

    private init() throws {
        guard Self.isInstalled("nginx"), Self.isInstalled("fcgiwrap") else { throw NotStarted() }
        let script = projectRoot.appendingPathComponent("Tests/Support/Server/git-server").path
        // Somebody else may take a port before nginx does.
        for _ in 0..<3 {
            var template = Array("\(TemporaryDirectory.place)/nbgit-server-XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else { throw NotStarted() }
            let folder = String(cString: made)
            let ports = try Door.allCases.map { _ in try Loopback.freePort() }
            _ = FileManager.default.createFile(atPath: "\(folder)/said", contents: nil)
            _ = try Child(
                ["sh", script, folder, String(getpid())] + ports.map(String.init),
                in: "/",
                environment: [
                    "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/usr/local/sbin",
                    "ADA_TOKEN": Self.token, "READER_TOKEN": Self.readerToken,
                ],
                input: "/dev/null", output: "\(folder)/said", errors: nil)
            for _ in 0..<400 {
                if FileManager.default.fileExists(atPath: "\(folder)/ready") {
                    self.folder = folder
                    self.ports = ports
                    return
                }
                guard FileManager.default.fileExists(atPath: folder) else { break }
                usleep(25_000)
            }
        }
        throw NotStarted()
    }

    private static func isInstalled(_ program: String) -> Bool {
        ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// The port of a door.
    public func port(_ door: Door) -> UInt16 { ports[door.rawValue] }

    /// The address of something behind a door.
    public func url(_ path: String, _ door: Door = .https, host: String = "localhost") -> String {
        "\(door == .http ? "http" : "https")://\(host):\(port(door))/\(path)"
    }

    /// The certificate that signed the good ones.
    public var authority: String { "\(folder)/authority.pem" }
    /// A certificate that signed none.
    public var stranger: String { "\(folder)/stranger.pem" }

    /// Where a bare repository of a name lies.
    public func repository(_ name: String) -> String { "\(folder)/repositories/\(name).git" }

    /// What a door was asked: a line for each request, with the field that says who asks.
    public func log(_ door: Door) throws -> String {
        try String(contentsOfFile: "\(folder)/log/\(port(door)).log", encoding: .utf8)
    }
}
