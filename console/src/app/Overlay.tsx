// Drawers and dialogs that are shown by being there: when they go, the focus goes back to where it was before.
import { Drawer as AntDrawer, Modal as AntModal, type DrawerProps, type ModalProps } from 'antd';
import { useEffect, useRef, useState } from 'react';

/** Gives the focus back to what had it when this was first drawn. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      setTimeout(() => {
        if (!here.current && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [before]);
}

export function Drawer(given: DrawerProps) {
  useFocusBack();
  return <AntDrawer {...given} />;
}

export function Modal(given: ModalProps) {
  useFocusBack();
  return <AntModal {...given} />;
}
