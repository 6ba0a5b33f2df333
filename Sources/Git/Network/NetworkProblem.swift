internal import CTransport
internal import Clibgit2
internal import Platform

/// What went wrong on the way to a server, for those who have to decide something by it.
public enum NetworkProblem: Hashable, Sendable {
    /// Nothing was sent: no such host, no connection, no certificate to believe.
    case notReached
    /// The connection ended when something was under way.
    case cut
    /// Nothing came any more when something was under way.
    case silent
    /// The server answered, and that it will not.
    case refused
}

extension GitError {
    /// Says why a connection failed, in a sentence with a hint.
    ///
    /// - Parameters:
    ///   - failure: What the transport says.
    ///   - peer: The host.
    ///   - limits: How long was waited.
    init(_ failure: nbgit_failure, _ peer: String, _ limits: NetworkLimits) {
        let detail = failure.text
        let reason = SystemError.reason(of: failure.code)
        switch failure.problem {
        case NBGIT_PROBLEM_INTERRUPTED:
            self.init(SystemError.interruption)
        case NBGIT_PROBLEM_UNKNOWN_HOST:
            self.init(
                "there is no host '\(peer)'",
                hint: "look for a slip in the address: nbgit remote list",
                network: .notReached)
        case NBGIT_PROBLEM_NO_NAME_SERVER:
            self.init(
                "no name server says where '\(peer)' is" + (detail.isEmpty ? "" : ": \(detail)"),
                hint: "see whether this machine is online", network: .notReached)
        case NBGIT_PROBLEM_UNREACHABLE:
            self.init(
                "'\(peer)' cannot be reached: \(reason)",
                hint:
                    "see whether the server runs, and whether a firewall or a proxy is in the way",
                network: .notReached)
        case NBGIT_PROBLEM_CONNECT_TIMEOUT:
            self.init(
                "no connection to '\(peer)' within \(limits.connecting.inSeconds)",
                hint: "try again, or wait longer: "
                    + "git config nbgit.connectTimeout \(2 * limits.connecting.components.seconds)",
                network: .notReached)
        case NBGIT_PROBLEM_IDLE_TIMEOUT:
            self.init(
                "nothing came from '\(peer)' for \(limits.idle.inSeconds)",
                hint: "try again, or wait longer: "
                    + "git config nbgit.idleTimeout \(2 * limits.idle.components.seconds)",
                network: .silent)
        case NBGIT_PROBLEM_CUT:
            self.init(
                "the connection to '\(peer)' was cut", hint: "try again", network: .cut)
        case NBGIT_PROBLEM_CERTIFICATE:
            self.init(certificate: failure.code, detail, peer)
        case NBGIT_PROBLEM_TLS:
            self.init(
                "no safe connection to '\(peer)': \(Self.explanation(ofTLS: detail))",
                hint: "it has to speak TLS 1.2 or 1.3; ask who runs it", network: .notReached)
        default:
            self.init(
                "no connection to '\(peer)': \(failure.code == 0 ? detail : reason)",
                network: .notReached)
        }
    }

    /// Says what is wrong with a server's certificate.
    ///
    /// Follows x509_vfy.h of OpenSSL.
    private init(certificate code: Int32, _ detail: String, _ peer: String) {
        let problem: (String, String)
        switch code {
        case 9, 10:
            problem = (
                "has expired or is not valid yet",
                "see whether this machine's clock is right; if it is, the server needs a new certificate"
            )
        case 62, 64:
            problem = (
                "is for another name",
                "look for a slip in the address; somebody may also be listening in between"
            )
        case 18, 19, 20, 21, 2, 27:
            problem = (
                "is not from anybody this machine trusts",
                "if it should be: git config --global http.sslCAInfo <file with its CA certificate>"
            )
        case 23: problem = ("was revoked", "ask who runs the server")
        default: problem = ("is not good: \(detail)", "ask who runs the server")
        }
        self.init(
            "the certificate of '\(peer)' \(problem.0)", hint: problem.1, network: .notReached)
    }

    /// Says in plain words what OpenSSL says about a handshake.
    private static func explanation(ofTLS detail: String) -> String {
        switch detail {
        case "wrong version number", "http request", "packet length too long":
            "what answers there does not speak TLS"
        case "tlsv1 alert protocol version", "unsupported protocol", "no protocols available":
            "it only speaks versions of TLS that are not safe any more"
        case "": "the handshake failed"
        default: "the handshake failed (\(detail))"
        }
    }
}

extension nbgit_failure {
    /// What a library said, in English; may be empty.
    var text: String {
        withUnsafeBytes(of: detail) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
