import Support
import Testing

/// Something that a server does, and what a person should hear of it.
struct ServerBehaviour: Sendable, CustomTestStringConvertible {
    enum Who: Sendable { case ada, nobody, reader, impostor }

    /// What is true in the end.
    enum Truth: Sendable {
        /// The server has the clone's commit, or the clone knows the server's.
        case done
        /// Everything is as it was.
        case unchanged
    }

    let title: String
    /// `NAME` stands for the repository's.
    var path = "git/NAME.git"
    var door = GitServer.Door.https
    var host = "localhost"
    var who = Who.ada
    var fault: FaultyRelay.Fault?
    /// Whether the fault is in a proxy and not in the way to the server.
    var isProxy = false
    /// Lines of sh before it begins; `$S` is the server's repository.
    var setup = ""
    var arguments: [String] = []
    var settings: [String: String] = [:]
    /// `AUTHORITY`, `STRANGER` and `PROXY` stand for what the server has.
    var variables: [String: String] = [:]
    let status: Int32
    /// Each is a part of what is said; `ORIGIN` stands for the server.
    var says: [String] = []
    var truth = Truth.unchanged

    var testDescription: String { title }
}

extension [ServerBehaviour] {
    /// What may happen to a fetch.
    static let ofFetching: [ServerBehaviour] = [
        .init(title: "it gives what there is", status: 0, says: ["has 1 new commit"], truth: .done),
        .init(
            title: "it gives it to anybody", path: "pub/NAME.git", who: .nobody, status: 0,
            truth: .done),
        .init(
            title: "the address ends with a slash", path: "git/NAME.git/", status: 0, truth: .done),
        .init(title: "a user stands in the address", path: "git/NAME.git", status: 0, truth: .done),
        .init(
            title: "it has nothing new",
            setup:
                "git -C $S update-ref refs/heads/main main~2 2>/dev/null; git update-ref refs/remotes/origin/main $(git -C $S rev-parse main)",
            status: 0, says: ["nothing new at origin"], truth: .done),
        .init(title: "it is empty", setup: "rm -rf $S && git init -q --bare $S", status: 0),

        // Who we are.
        .init(
            title: "it wants a token and there is none", who: .nobody, status: 4,
            says: [
                "error: ORIGIN wants to know who you are, and there is no token to be had",
                "hint: ",
            ]),
        .init(
            title: "it refuses the token", who: .impostor, status: 4,
            says: ["error: ORIGIN refused the token from NBGIT_TOKEN for the user 'ada'"]),
        .init(
            title: "it refuses every token", path: "h401/NAME.git", status: 4,
            says: ["refused the token"]),
        .init(
            title: "it wants another kind of sign-in", path: "bearer/NAME.git", status: 4,
            says: ["wants to be told who you are by 'bearer', which nbgit does not know"]),
        .init(
            title: "it has no TLS and wants a token", door: .http, status: 4,
            says: ["wants a token, which everybody between would see without TLS"]),
        .init(
            title: "it has no TLS, is this machine, and may be told", door: .http,
            settings: ["nbgit.allowPlainLoopback": "true"], status: 0, truth: .done),
        .init(
            title: "it has no TLS and is for anybody", path: "pub/NAME.git", door: .http,
            who: .nobody,
            status: 0, truth: .done),

        // What it answers instead.
        .init(
            title: "it forbids it", path: "h403/NAME.git", status: 4,
            says: [#"does not allow fetching here: access is \u{1b}[31mrestricted"#]),
        .init(
            title: "it has no such repository", path: "h404/NAME.git", status: 2,
            says: ["there is no repository at ORIGIN/h404/NAME.git, or you may not see it"]),
        .init(
            title: "it has it no more", path: "h410/NAME.git", status: 2,
            says: ["there is no repository"]),
        .init(
            title: "it is asked too often", path: "h429/NAME.git", status: 2,
            says: ["ORIGIN was asked too often", "hint: try again in 30 s"]),
        .init(
            title: "it has trouble", path: "h500/NAME.git", status: 2,
            says: ["ORIGIN has trouble of its own (status 500)"]),
        .init(
            title: "it says when it is back", path: "h503/NAME.git", status: 2,
            says: ["(status 503): back in an hour"]),
        .init(
            title: "it answers what nobody expects", path: "h418/NAME.git", status: 2,
            says: ["ORIGIN answers with status 418"]),
        .init(
            title: "it answers with a page", path: "page/NAME.git", status: 2,
            says: ["ORIGIN answers with a web page, not as a repository"]),
        .init(
            title: "it answers with something else", path: "odd/NAME.git", status: 2,
            says: ["ORIGIN answers, but not as a repository"]),
        .init(
            title: "it speaks the old protocol", path: "dumb/NAME.git",
            setup: "git -C $S update-server-info",
            status: 2, says: ["only git's old protocol"]),
        .init(
            title: "it answers what is not HTTP", fault: .answer("SSH-2.0-OpenSSH\r\n"), status: 2,
            says: ["what answers there does not speak TLS"]),
        .init(
            title: "its pack ends in the middle", path: "truncated/NAME.git", status: 2,
            says: ["the server's answer ended in the middle; nothing was changed here"]),

        // Redirects.
        .init(
            title: "it redirects on the same server", path: "to-same/NAME.git", status: 0,
            truth: .done),
        .init(
            title: "it redirects without a host", path: "to-relative/NAME.git", status: 0,
            truth: .done),
        .init(
            title: "it redirects for ever (301)", path: "to-301/NAME.git", status: 0, truth: .done),
        .init(
            title: "it redirects this once (307)", path: "to-307/NAME.git", status: 0, truth: .done),
        .init(
            title: "it redirects to another host", path: "to-host/NAME.git", status: 2,
            says: [
                "ORIGIN redirects to https://127.0.0.1:",
                "which was not asked for; it was told nothing",
            ]),
        .init(
            title: "it redirects to another port", path: "to-port/NAME.git", status: 2,
            says: [
                "ORIGIN redirects to https://localhost:",
                "which was not asked for; it was told nothing",
            ]),
        .init(
            title: "it redirects to where there is no TLS", path: "to-http/NAME.git", status: 2,
            says: ["ORIGIN redirects to http://localhost:"]),
        .init(
            title: "it redirects to another port with a user", path: "to-user/NAME.git", status: 2,
            says: ["ORIGIN redirects to https://localhost:"]),
        .init(
            title: "it redirects nowhere", path: "to-nowhere/NAME.git", status: 2,
            says: ["ORIGIN redirects to another page, which is no repository"]),
        .init(
            title: "it redirects to a page", path: "to-page/NAME.git", status: 2,
            says: ["ORIGIN redirects to another page, which is no repository"]),
        .init(
            title: "it redirects to itself", path: "to-itself/NAME.git", status: 2,
            says: ["the server redirects in a circle"]),
        .init(
            title: "it takes the token and redirects elsewhere", path: "login-then/NAME.git",
            status: 2,
            says: ["ORIGIN redirects to https://localhost:"]),
        .init(
            title: "it redirects the second question", path: "then-post/NAME.git", status: 2,
            says: ["ORIGIN redirects in the middle of things, which is not followed"]),

        // TLS.
        .init(
            title: "nobody trusts its certificate", variables: ["GIT_SSL_CAINFO": "STRANGER"],
            status: 2,
            says: [
                "the certificate of 'localhost' is not from anybody this machine trusts",
                "http.sslCAInfo",
            ]),
        .init(
            title: "the setting names whom to trust", settings: ["http.sslCAInfo": "AUTHORITY"],
            variables: ["GIT_SSL_CAINFO": ""], status: 0, truth: .done),
        .init(
            title: "the setting is for another server",
            settings: ["http.https://example.com/.sslCAInfo": "AUTHORITY"],
            variables: ["GIT_SSL_CAINFO": "", "SSL_CERT_FILE": "STRANGER"], status: 2,
            says: ["is not from anybody this machine trusts"]),
        .init(
            title: "OpenSSL's variable names whom to trust",
            variables: ["GIT_SSL_CAINFO": "", "SSL_CERT_FILE": "AUTHORITY"], status: 0, truth: .done
        ),
        .init(
            title: "there is no file of certificates",
            variables: ["GIT_SSL_CAINFO": "/nowhere.pem"],
            status: 2, says: ["/nowhere.pem: the certificates to trust cannot be read"]),
        .init(
            title: "its certificate is for another name", door: .wrongName, status: 2,
            says: ["the certificate of 'localhost' is for another name"]),
        .init(
            title: "its certificate has expired", door: .expired, status: 2,
            says: ["the certificate of 'localhost' has expired"]),
        .init(
            title: "the person does not care", door: .expired, who: .nobody,
            settings: ["http.sslVerify": "false"], status: 4,
            says: [
                "note: nobody looks at the certificate of 'localhost', because http.sslverify says so"
            ]),
        .init(
            title: "the repository says that nobody cares", door: .expired,
            setup: "git config http.sslVerify false", status: 2, says: ["has expired"]),
        .init(
            title: "its certificate is for an address", door: .address, host: "127.0.0.1",
            status: 0,
            truth: .done),
        .init(
            title: "its certificate is for an address, not for the name", door: .address, status: 2,
            says: ["is for another name"]),
        .init(title: "it speaks TLS 1.3 only", door: .onlyTLS13, status: 0, truth: .done),
        .init(
            title: "it speaks TLS 1.1 only", door: .onlyTLS11, status: 2,
            says: ["no safe connection to 'localhost'"]),

        // The way there.
        .init(
            title: "there is no such host", host: "nowhere.invalid", status: 2,
            says: ["there is no host 'nowhere.invalid'"]),
        .init(
            title: "nobody listens", host: "127.0.0.2", status: 2,
            says: ["'127.0.0.2' cannot be reached: connection refused"]),
        .init(
            title: "it is mute", fault: .mute, status: 2,
            says: ["no connection to 'localhost' within 2 s"]),
        .init(
            title: "it is silent when asked", path: "silent/NAME.git", status: 2,
            says: ["nothing came from 'localhost' for 2 s"]),
        .init(
            title: "it stalls", fault: .stall(after: 3500), status: 2,
            says: ["nothing came from 'localhost' for 2 s"]),
        .init(title: "it is slow", path: "slow/NAME.git", status: 0, truth: .done),
        .init(
            title: "the connection is cut", fault: .cut(after: 3500), status: 2,
            says: ["the connection to 'localhost' was cut"]),
        .init(
            title: "the connection ends", fault: .close(after: 3500), status: 2,
            says: ["the connection to 'localhost' was cut"]),
        .init(
            title: "there is a proxy", fault: .proxy(credentials: nil), isProxy: true,
            variables: ["https_proxy": "PROXY"], status: 0, truth: .done),
        .init(
            title: "a setting names the proxy", fault: .proxy(credentials: nil), isProxy: true,
            settings: ["http.proxy": "PROXY"], status: 0, truth: .done),
        .init(
            title: "the remote's own setting names the proxy", fault: .proxy(credentials: nil),
            isProxy: true,
            settings: ["remote.origin.proxy": "PROXY", "http.proxy": "http://127.0.0.2:1"],
            status: 0, truth: .done),
        .init(
            title: "the proxy wants a password and gets it", fault: .proxy(credentials: "cDpx"),
            isProxy: true, variables: ["https_proxy": "http://p:q@PROXYPLACE"], status: 0,
            truth: .done),
        .init(
            title: "the proxy wants a password and gets none", fault: .proxy(credentials: "cDpx"),
            isProxy: true, variables: ["https_proxy": "PROXY"], status: 4,
            says: ["wants a name and a password"]),
        .init(
            title: "the proxy does not lead there", fault: .refusingProxy(502), isProxy: true,
            variables: ["https_proxy": "PROXY"], status: 2, says: ["it answers 502"]),
        .init(
            title: "there is no proxy where one should be",
            variables: ["https_proxy": "http://127.0.0.2:1"],
            status: 2, says: ["the proxy: '127.0.0.2' cannot be reached"]),
        .init(
            title: "the proxy is not for this server", fault: .refusingProxy(502), isProxy: true,
            variables: ["https_proxy": "PROXY", "no_proxy": "example.com,localhost"], status: 0,
            truth: .done),
        .init(
            title: "the proxy is of an unknown kind",
            variables: ["https_proxy": "socks5://127.0.0.1:1"],
            status: 2, says: ["a proxy of the kind 'socks5'"]),
    ]

    /// What may happen to a clone: the same, where nothing has to be prepared in a repository.
    ///
    /// All of it where `NBGIT_LONG_SWEEP` is set, else every fourth.
    static var ofCloning: [ServerBehaviour] {
        let all = ofFetching.filter {
            $0.setup.isEmpty && $0.settings["remote.origin.proxy"] == nil
        }
        let step = CutSweepTests.isLong ? 1 : 4
        return stride(from: 0, to: all.count, by: step).map { index in
            var behaviour = all[index]
            // What a fetch says of what is new, a clone says in other words.
            if behaviour.status == 0 { behaviour.says = [] }
            return behaviour
        }
    }
}
