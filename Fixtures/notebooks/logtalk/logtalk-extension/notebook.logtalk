% ---
% jupyter:
%   jupytext:
%     text_representation:
%       extension: .logtalk
%       format_name: percent
%       format_version: '1.3'
%   kernelspec:
%     display_name: Logtalk
%     language: logtalk
%     name: logtalk_kernel
% ---

% %% [markdown]
% text

% %%
write('it''s').
