% ---
% jupyter:
%   jupytext:
%     text_representation:
%       extension: .lgt
%       format_name: percent
%       format_version: '1.3'
%   kernelspec:
%     display_name: Logtalk
%     language: logtalk
%     name: logtalk_kernel
% ---

% %% [markdown]
% # Objects

% %%
:- object(list).
    % a comment
    :- public(member/2).
:- end_object.

% %%
list::member(X, [1, 2]).

% %%
%time is a comment
