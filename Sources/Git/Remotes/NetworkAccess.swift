/// What an operation over the network needs from the person's side.
public struct NetworkAccess {
    /// Who we are to the server; nil where nobody shall be told.
    public var credentials: CredentialChain?
    /// Whether programs such as ssh may ask the person.
    public var isInteractive: Bool
    /// Is told what happens, on the thread that runs the operation.
    public var observe: (TransferEvent) -> Void

    /// Puts it together.
    public init(
        credentials: CredentialChain? = nil, isInteractive: Bool = false,
        observe: @escaping (TransferEvent) -> Void = { _ in }
    ) {
        self.credentials = credentials
        self.isInteractive = isInteractive
        self.observe = observe
    }
}
