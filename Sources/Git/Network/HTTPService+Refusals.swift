internal import Platform

/// What a server says instead of what it was asked for, in words for people.
extension HTTPService {
    func requireSuccess(_ head: HTTPHead, _ request: SmartRequest) throws(GitError) {
        guard head.status != 200 else { return }
        throw refusal(head, request)
    }

    func refusal(_ head: HTTPHead, _ request: SmartRequest) -> GitError {
        let words = words(of: head)
        let said = words.map { ": \($0)" } ?? ""
        let origin = route.origin
        switch head.status {
        case 401, 403:
            let isPush = request.program == "git-receive-pack"
            return GitError(
                "\(origin) does not allow \(isPush ? "pushing" : "fetching") here\(said)",
                hint: advice(head, words).hint,
                code: GitError.authenticationCode, network: .refused)
        case 404, 410:
            return refused(
                "there is no repository at \(origin)\(path), or you may not see it\(said)",
                hint: "look for a slip in the address; for a private one log in: "
                    + origin.loginLine)
        case 413:
            return refused(
                "\(origin) does not take that much at once\(said)",
                hint: "push fewer commits at a time, or leave large files to git-lfs")
        case 429:
            let seconds = head.value("retry-after").flatMap { UInt32($0) }
            return refused(
                "\(origin) was asked too often\(said)",
                hint: "try again " + (seconds.map { "in \($0) s" } ?? "later"))
        case 300..<400:
            return refused(
                "\(origin) redirects in the middle of things, which is not followed",
                hint: "use the address that it redirects to, if you trust it")
        case 500...:
            // What stands before the server may give up before it does.
            return GitError(
                "\(origin) has trouble of its own (status \(head.status))\(said)",
                hint: "try again later, or tell who runs it",
                network: request.changesServer ? .cut : .refused)
        default:
            return refused(
                "\(origin) answers with status \(head.status)\(said)", hint: "ask who runs it")
        }
    }

    /// What to do about an answer that says no.
    func advice(_ head: HTTPHead, _ words: String?) -> RefusalAdvice {
        let page = head.value("x-github-sso")?.split(separator: "url=", maxSplits: 1).last
        let isPage = page?.hasPrefix("https://github.com/") == true
        return RefusalAdvice(
            origin: route.origin, words: words,
            authorizationPage: isPage
                ? page.flatMap { ServerText.lines(Array($0.utf8)).first } : nil,
            credential: offered)
    }

    /// The first words of an answer that is meant for people; nil for a page.
    func words(of head: HTTPHead) -> String? {
        guard head.contentType == "text/plain", let start = connection?.bodyStart() else {
            return nil
        }
        let line = ServerText.lines(start).first { !$0.isEmpty }
        return line.map { String($0.prefix(200)) }
    }

    func refused(_ message: String, hint: String) -> GitError {
        GitError(message, hint: hint, network: .refused)
    }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).hexDigitValue != nil
    }

    /// What answers, and is no repository.
    func notGit(_ head: HTTPHead) -> GitError {
        let start = connection?.bodyStart() ?? []
        if head.contentType == "text/plain", start.prefix(40).allSatisfy(isHexadecimal),
            start.count > 40
        {
            return refused(
                "the server speaks only git's old protocol without programs, which nbgit does not know",
                hint: "use git for it, or ask who runs the server for 'git http-backend'")
        }
        let isPage = head.contentType == "text/html"
        return refused(
            isPage
                ? "\(route.origin) answers with a web page, not as a repository"
                : "\(route.origin) answers, but not as a repository",
            hint: "look for a slip in the address"
                + (isPage ? "; a page for signing in may also be in the way" : ""))
    }
}

extension SmartRequest {
    /// Whether it must not be sent twice.
    var changesServer: Bool { if case .push = self { true } else { false } }
}
