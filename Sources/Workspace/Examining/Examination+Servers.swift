internal import Git
internal import Platform

extension Examination {
    /// Where the repository's remotes are, with what is wrong with their addresses.
    var remoteRemarks: [Remark] {
        guard let repository else { return [] }
        return remarks(on: .remotes) { () throws(GitError) in
            let remotes = try repository.remotes()
            guard !remotes.isEmpty else {
                return [
                    Remark(
                        .remotes, .note, "none: nothing can be pulled or pushed",
                        hint: "name one: nbgit remote add origin <url>")
                ]
            }
            return remotes.map(remark)
        }
    }

    private func remark(_ remote: Remote) -> Remark {
        let name = remote.name.displayName
        if let url = [remote.url, remote.pushURL].first(where: \.hasPassword) {
            return Remark(
                .remotes, .todo, "'\(name)': the address holds a password, for everybody to read",
                hint: "make a new token, and leave it out: "
                    + "git remote set-url \(remote.name.shellWord) \(Path(url.withoutWebUser).shellWord)"
            )
        }
        do throws(GitError) {
            switch try RemoteWay(to: remote.url) {
            case .web(let origin) where origin.scheme == .http && !origin.isLoopback:
                return Remark(
                    .remotes, .todo,
                    "'\(name)': \(remote.url) is not encrypted, so no token goes there",
                    hint: "see whether the server has https, too")
            case .ssh where environment.program("ssh") == nil:
                return Remark(
                    .remotes, .todo, "'\(name)': \(remote.url) needs ssh, which is not installed",
                    hint: "install it, or use the https address of the repository")
            case .folder(let folder):
                let root = repository?.workTree ?? "."
                guard (try? File.status(of: root.appending(folder))) != nil else {
                    return Remark(
                        .remotes, .todo, "'\(name)': there is no folder \(folder.displayName)",
                        hint: "nbgit remote rm \(remote.name.shellWord)")
                }
                return Remark(.remotes, "'\(name)': \(remote.url)")
            case .web, .ssh: return Remark(.remotes, "'\(name)': \(remote.url)")
            }
        } catch {
            var failure = Failure(error)
            failure.message = "'\(name)': \(failure.message)"
            return Remark(.remotes, failure)
        }
    }

    /// The servers of the repository's remotes, each once; GitHub's where there are none, for what holds everywhere.
    private var addresses: [(remote: Path?, url: RemoteURL)] {
        var seen: Set<Origin> = []
        let remotes = (try? repository?.remotes()) ?? []
        let web = remotes.filter { remote in
            Origin(remote.url).map { seen.insert($0).inserted } ?? false
        }
        return web.isEmpty
            ? [(nil, RemoteURL("\(Provider.github.origin)/"))] : web.map { ($0.name, $0.url) }
    }

    // MARK: The way to a server

    /// Whose certificates are trusted, and what proxy is asked.
    var servers: [Remark] {
        guard let configuration else { return [] }
        var remarks: [Remark] = []
        for (remote, url) in addresses {
            let found = self.remarks(on: .proxy) { () throws(GitError) in
                let outlook = try ServerOutlook(
                    of: url, remote: remote, configuration, environment: environment)
                return outlook.map { [proxy($0)] + certificates($0) } ?? []
            }
            remarks += found.filter { !remarks.contains($0) }
        }
        return remarks
    }

    private func proxy(_ outlook: ServerOutlook) -> Remark {
        let proxy = outlook.proxy.map { "\($0), from \(outlook.proxySource ?? "")" }
        return Remark(.proxy, proxy ?? "none")
    }

    private func certificates(_ outlook: ServerOutlook) -> [Remark] {
        guard outlook.origin.scheme == .https else { return [] }
        if let source = outlook.isUnverifiedBecauseOf {
            return [
                Remark(
                    .certificates, .todo,
                    "nobody looks at them, because \(source) says so: whoever is in between sees all",
                    hint: "unset it, and name the certificates of your server with GIT_SSL_CAINFO")
            ]
        }
        guard let place = outlook.certificates else {
            return [
                Remark(
                    .certificates, .todo, "none found, so no server can be trusted",
                    hint: "install the package 'ca-certificates', or name a file with SSL_CERT_FILE"
                )
            ]
        }
        return remarks(on: .certificates) { () throws(GitError) in
            try outlook.requireCertificates()
            let source = outlook.certificatesSource.map { ", from \($0)" } ?? ""
            return [Remark(.certificates, place.displayName + source)]
        }
    }

    // MARK: Who one is there

    /// The credential helpers that are configured, and whether their programs are there.
    var helpers: [Remark] {
        guard let configuration else { return [] }
        return remarks(on: .helpers) { () throws(GitError) in
            var helpers: [CredentialHelper] = []
            for address in addresses {
                guard let origin = Origin(address.url) else { continue }
                helpers += try configuration.credentialHelpers(for: origin)
                    .filter { !helpers.contains($0) }
            }
            let own = try configuration.entries {
                $0.hasPrefix("credential.") && $0.hasSuffix("helper")
            }
            .filter { [.local, .workTree].contains($0.level) && !$0.value.isEmpty }
            let ignored =
                own.isEmpty
                ? []
                : [
                    Remark(
                        .helpers, .note,
                        "this repository names one of its own, which nbgit does not run",
                        hint: "if you trust it, say so for yourself: "
                            + "git config --global credential.helper <helper>")
                ]
            guard !helpers.isEmpty else {
                return [Remark(.helpers, "none: 'nbgit auth login' keeps a token in memory")]
                    + ignored
            }
            return helpers.map(remark) + ignored
        }
    }

    private func remark(_ helper: CredentialHelper) -> Remark {
        switch (helper.isThere(environment), helper.name) {
        case (false, let name):
            return Remark(
                .helpers, .todo, "'\(name)' is not installed, so it keeps no token",
                hint: "install it, or take it out of 'credential.helper'")
        case (_, "store"):
            return Remark(
                .helpers, .note, "'store' keeps tokens as plain text in a file",
                hint: "keep them in memory: git config --global credential.helper cache")
        case (_, let name): return Remark(.helpers, name)
        }
    }

    /// For which servers a token is held, as far as no helper has to be asked.
    func loginRemarks(
        _ logins: Logins?, _ origins: [Origin], _ variables: Set<String>
    ) -> [Remark] {
        let here = addresses.compactMap { Origin($0.url) }
        var seen: Set<Origin> = []
        let all = (here + origins + (logins?.settingsOrigins ?? [])).filter {
            seen.insert($0).inserted
        }
        var remarks: [Remark] = []
        for origin in all {
            guard let login = try? logins?.held(at: origin) else { continue }
            let end = login.end.map { ", until \(LocalTime.clock(at: $0))" } ?? ""
            remarks.append(Remark(.logins, "\(origin): \(login.username), held in memory\(end)"))
        }
        for name in ["NBGIT_TOKEN", "POLYAXON_GIT_CREDENTIALS"] where variables.contains(name) {
            remarks.append(
                Remark(.logins, "\(name) is set, for the server of each command's remote"))
        }
        guard remarks.isEmpty else { return remarks }
        let isAsked =
            configuration.map { configuration in
                here.contains { (try? configuration.credentialHelpers(for: $0))?.isEmpty == false }
            } ?? false
        return [
            isAsked
                ? Remark(
                    .logins,
                    "none held in memory; the helpers are asked when a server wants to know")
                : Remark(
                    .logins, .note, "no token is held for any server",
                    hint: here.first.map { "log in when you need one: \($0.loginLine)" })
        ]
    }

    /// Connections whose settings cannot be read, or whose secrets are not where they should be.
    func connections(_ variables: Set<String>) -> [Remark] {
        // What is wrong with the folder or the settings was said.
        guard folder != nil, configuration != nil else { return [] }
        do throws(Failure) {
            let connections = try Connections(environment: environment)
            let all = try connections.all().connections
            let remarks = all.compactMap { remark($0, connections, variables) }
            guard remarks.isEmpty, !all.isEmpty else { return remarks }
            return [Remark(.connections, all.map(\.name).joined(separator: ", "))]
        } catch { return [Remark(.connections, error)] }
    }

    private func remark(
        _ connection: Connection, _ connections: Connections, _ variables: Set<String>
    ) -> Remark? {
        let name = connection.name
        guard connections.isTrusted(connection) else {
            return Remark(
                .connections, .note, "'\(name)': its secret is not used before you agree",
                hint:
                    "see what it says: nbgit connection show \(name); then: nbgit connection trust \(name)"
            )
        }
        switch connection.secret {
        case .file(let text):
            let path = try? SecretReference.path(text, in: environment, connection.file?.parent)
            guard let path, (try? File.status(of: path)) == nil else { return nil }
            return Remark(
                .connections, .todo,
                "'\(name)': the file of its secret is not there: \(path.displayName)",
                hint:
                    "put the token into it, or say where it is: nbgit connection set \(name) --secret <ref>"
            )
        case .variable(let variable) where !variables.contains(variable):
            return Remark(
                .connections, .note,
                "'\(name)': the variable of its secret, '\(variable)', is not set",
                hint: "set it before you fetch or push: export \(variable)=…")
        case .named:
            return Remark(
                .connections, .note, "'\(name)': its secret is kept by a platform",
                hint: "say where it is here: nbgit connection set \(name) --secret file:<path>")
        case nil, .some(.none), .variable, .command, .shell: return nil
        }
    }
}
