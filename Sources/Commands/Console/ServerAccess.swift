internal import Git
internal import Workspace

/// Says who we are to a server, to the same one only once.
final class ServerAccess {
    private let context: Context
    private let checkout: Checkout
    private let readsToken: Bool
    private var known: (url: RemoteURL, access: NetworkAccess)?

    init(_ context: Context, _ checkout: Checkout, readsToken: Bool) {
        self.context = context
        self.checkout = checkout
        self.readsToken = readsToken
    }

    func access(_ url: RemoteURL) throws(Failure) -> NetworkAccess {
        if let known, known.url == url { return known.access }
        if readsToken, known != nil {
            throw Failure(
                "the token on standard input is for '\(known?.url.description ?? "")', not for "
                    + "'\(url)', where this is to be pushed",
                hint: "push by a command of its own")
        }
        let access = try context.access(to: url, readsToken: readsToken, checkout)
        known = (url, access)
        return access
    }
}
